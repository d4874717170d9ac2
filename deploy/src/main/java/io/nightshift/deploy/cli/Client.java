package io.nightshift.deploy.cli;

import io.nightshift.deploy.home.Connection;
import io.nightshift.deploy.home.Installation;
import io.nightshift.deploy.home.StartException;
import io.nightshift.events.ControlRecord;
import io.nightshift.oversee.people.Controls;
import io.nightshift.oversee.tail.RecordTail;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryFile;
import io.nightshift.runtime.kafka.ClusterId;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.ConfluentRegistry;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** The command line's way to a running installation. */
public final class Client {

    private static final Duration READ_WITHIN = Duration.ofSeconds(30);

    private final Installation installation;
    private final KafkaAccess kafka;
    private final Topics topics;
    private final String inventory;

    private Client(Installation installation, KafkaAccess kafka, Topics topics, String inventory) {
        this.installation = installation;
        this.kafka = kafka;
        this.topics = topics;
        this.inventory = inventory;
    }

    /**
     * Connects to the installation that is named, or to the one that runs.
     *
     * @throws StartException when none runs; the message says how to start one
     */
    public static Client connect(Home home) {
        Installation installation = home.named().map(Installation::new).orElseGet(Client::running);
        Connection connection = Connection.read(installation.connectionFile())
                .orElseThrow(() -> new StartException("no Nightshift has run in " + installation.folder()
                        + "; start one with ./nightshift run --folder " + installation.folder()));
        KafkaAccess kafka = ClusterId.access(
                connection.bootstrapServers(), connection.security(), connection.prefix(), installation.state());
        TopicSettings settings = TopicSettings.embedded().withPrefix(connection.prefix());
        Topics topics = new Topics(settings, new AvroSerdes(ConfluentRegistry.at(connection.registryUrl(), Map.of())));
        return new Client(installation, kafka, topics, connection.inventory());
    }

    /** The demo's or the installation's folder, whichever process lives. */
    private static Installation running() {
        Path var = Home.home().resolve("var");
        return List.of("nightshift", "demo").stream()
                .map(name -> new Installation(var.resolve(name)))
                .filter(installation -> Files.exists(installation.connectionFile()))
                .filter(Client::lives)
                .findFirst()
                .orElseThrow(() -> new StartException("no Nightshift runs here; start one with ./nightshift run or"
                        + " ./nightshift demo, or name its folder with --folder"));
    }

    private static boolean lives(Installation installation) {
        return Connection.read(installation.connectionFile())
                .flatMap(connection -> ProcessHandle.of(connection.pid()))
                .map(ProcessHandle::isAlive)
                .orElse(false);
    }

    public Installation installation() {
        return installation;
    }

    public KafkaAccess kafka() {
        return kafka;
    }

    public Topics topics() {
        return topics;
    }

    /** What the installation's inventory names, as its file stands now. */
    public Inventory inventory() {
        return inventory.isEmpty() ? Inventory.empty() : InventoryFile.read(Path.of(inventory));
    }

    /** Signs with the operator's key of the installation. */
    public Controls controls() {
        return controls(installation.operatorKey());
    }

    /** Signs with the key that this person names. */
    Controls controls(Person person) {
        return controls(person.signingKey(installation));
    }

    private Controls controls(SigningKey key) {
        return new Controls(kafka, topics, key, installation.haltFile(), Clock.systemUTC());
    }

    /**
     * Whose word counts in this installation.
     *
     * @throws StartException when the keys can't be read
     */
    public TrustedKeys trustedKeys() {
        try {
            installation.operatorKey();
            return TrustedKeys.read(installation.trustedKeys());
        } catch (IOException e) {
            throw new StartException("the trusted keys can't be read: " + e.getMessage(), e);
        }
    }

    /** Of the controls of this kind that trusted people signed the last one on each subject. */
    public Map<String, ControlRecord> lastWords(Predicate<ControlRecord> kind) throws InterruptedException {
        return lastWordsBy(control -> Optional.of(control.getSubject()).filter(subject -> kind.test(control)));
    }

    /** Of the controls that trusted people signed the last one of each key; without a key a control does not count. */
    Map<String, ControlRecord> lastWordsBy(Function<ControlRecord, Optional<String>> key) throws InterruptedException {
        TrustedKeys keys = trustedKeys();
        Map<String, ControlRecord> last = new HashMap<>();
        read(List.of(topics.controls()), record -> {
            ControlRecord control = (ControlRecord) record;
            key.apply(control)
                    .filter(found -> ControlSignature.verifyPerson(control, keys))
                    .ifPresent(found ->
                            last.merge(found, control, (a, b) -> b.getAt().isBefore(a.getAt()) ? a : b));
        });
        return last;
    }

    /**
     * What a compacted topic holds now, by key.
     *
     * @throws StartException when Kafka does not answer in time
     */
    public <V> Map<String, V> latest(Topic<String, V> topic) {
        return LatestValues.read(kafka, topic, READ_WITHIN);
    }

    /**
     * Hands every committed record that stands in these topics now to the reader.
     *
     * @throws StartException when Kafka does not answer in time
     */
    public void read(List<? extends Topic<?, ?>> from, Consumer<Object> reader) throws InterruptedException {
        read(from, Instant.EPOCH, reader);
    }

    /** The same of records since a time. */
    public void read(List<? extends Topic<?, ?>> from, Instant since, Consumer<Object> reader)
            throws InterruptedException {
        try (RecordTail tail = new RecordTail("cli", kafka, from, since, reader)) {
            tail.start();
            if (!tail.awaitCaughtUp(READ_WITHIN)) {
                throw new StartException("Kafka at " + kafka.bootstrapServers() + " did not give its records within "
                        + READ_WITHIN.toSeconds() + " s");
            }
        }
    }
}
