package io.nightshift.deploy;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;
import io.nightshift.oversee.people.Controls;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code nightshift run remediate} as a process of its own, killed as {@code kill -9} would at each failpoint of an action,
 * and halted in the middle of one. The target's own ledger tells what was done.
 */
@Tag("stories")
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledWhileActingTest {

    private static final int KILLED = 137;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Set<ActionStatus> FINAL =
            EnumSet.of(HELD, RECURRED, NOT_RECOVERED, ESCALATED, DENIED, EXPIRED);

    @TempDir
    static Path shared;

    private static OutsidePlatform outside;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        outside = new OutsidePlatform(shared);
    }

    @AfterAll
    static void stop() {
        outside.close();
    }

    @ParameterizedTest(name = "killed {0}, the target fences: {1}")
    @CsvSource({
        "before-started, false",
        "after-started, false",
        "after-effect, false",
        "after-outcome, false",
        "before-finish, false",
        "after-started, true",
        "after-effect, true"
    })
    void killedAnywhereItNeverActsTwiceAndTheActionEnds(String failpoint, boolean fenced) throws Exception {
        String prefix = failpoint + "." + fenced + ".";
        FakeShop shop = new FakeShop(folder.resolve("shop"), fenced);
        outside.provision(prefix);
        Topics topics = outside.topics(prefix);
        try (TopicProbe probe = new TopicProbe(outside.kafka(prefix))) {
            ProposedRestart proposed = propose(probe, topics);
            try (Child first = remediate(shop, prefix, "failpoint: " + failpoint)) {
                assertThat(first.status()).as(first.said()).isEqualTo(KILLED);
            }
            try (Child again = remediate(shop, prefix, "failpoint: \"\"")) {
                await("the effects are done").atMost(LIMIT).until(() -> statuses(probe, topics)
                        .contains(SUCCEEDED));
                probe.commit(topics.incidents(), ProposedRestart.INCIDENT, proposed.cleared(Instant.now()));
                await("the action ends").atMost(LIMIT).until(() -> isOver(probe, topics));
            }
            List<ActionStatus> statuses = statuses(probe, topics);
            report(failpoint, fenced, shop.restarted(), statuses);
            assertThat(shop.restarted()).containsExactly("inventory-1", "inventory-2");
            assertThat(statuses).endsWith(SUCCEEDED, RECOVERED, HELD);
            assertThat(statuses).doesNotHaveDuplicates();
        }
    }

    @Test
    void aHaltIsObeyedBeforeTheNextEffectWhileATransactionIsOpenElsewhere() throws Exception {
        String prefix = "halt.";
        FakeShop shop = new FakeShop(folder.resolve("shop"), false);
        outside.provision(prefix);
        Topics topics = outside.topics(prefix);
        shop.hold();
        try (TopicProbe probe = new TopicProbe(outside.kafka(prefix));
                KafkaProducer<byte[], byte[]> elsewhere = transactional(outside.kafka(prefix))) {
            propose(probe, topics);
            try (Child remediate = remediate(shop, prefix, "failpoint: \"\"")) {
                await("the first effect runs").atMost(LIMIT).until(() -> shop.restarted()
                        .equals(List.of("inventory-1")));
                elsewhere.beginTransaction();
                for (int partition = 0; partition < topics.lessons().partitions(); partition++) {
                    elsewhere.send(new ProducerRecord<>(topics.lessons().name(), partition, new byte[1], null));
                }
                // Even on the halt's own partition, where none belongs: a committed read would end before the halt.
                elsewhere.send(new ProducerRecord<>(
                        topics.halt().name(),
                        0,
                        null,
                        topics.halt()
                                .value()
                                .serializer()
                                .serialize(topics.halt().name(), unsignedResume())));
                elsewhere.flush();
                // In the topic only: the file beside it, which halts at once, is not of this installation.
                try (Controls controls = new Controls(
                        outside.kafka(prefix),
                        topics,
                        SigningKey.generate(),
                        folder.resolve("not-its-halt-file"),
                        Clock.systemUTC())) {
                    controls.write(HaltMode.HALT, "alice", "enough", "test");
                }
                shop.release();
                await("the run ends").atMost(LIMIT).until(() -> statuses(probe, topics).stream()
                        .anyMatch(EnumSet.of(SUCCEEDED, FAILED)::contains));
                assertThat(shop.restarted()).containsExactly("inventory-1");
                await("the action ends").atMost(LIMIT).until(() -> isOver(probe, topics));
                report("halt", false, shop.restarted(), statuses(probe, topics));
                assertThat(statuses(probe, topics)).endsWith(FAILED, ESCALATED);
                assertThat(sentences(probe, topics)).anyMatch(sentence -> sentence.contains("halted: enough"));
            } finally {
                elsewhere.abortTransaction();
            }
        }
    }

    /** Says nothing: only a person's signature lifts a halt. */
    private static HaltRecord unsignedResume() {
        return HaltRecord.newBuilder()
                .setMode(HaltMode.RESUME)
                .setActor("mallory")
                .setAt(Instant.now())
                .setReason("")
                .setChannel("test")
                .build();
    }

    private static ProposedRestart propose(TopicProbe probe, Topics topics) {
        ProposedRestart proposed = new ProposedRestart(Instant.now());
        probe.commit(topics.incidents(), ProposedRestart.INCIDENT, proposed.incident());
        probe.commit(topics.investigations(), ProposedRestart.INCIDENT, proposed.investigation());
        return proposed;
    }

    private Child remediate(FakeShop shop, String prefix, String setting) throws IOException {
        shop.inventory(folder.resolve("inventory.yaml"), "10s");
        Path config = outside.config(folder.resolve("nightshift.yaml"), prefix, """
                inventory: inventory.yaml
                remediate:
                  soak: 1s
                  probeEvery: 1s
                  settle: 10s
                  holdFor: 2s
                  %s
                """.formatted(setting));
        return new Child(folder, "run", "remediate", "--folder", folder.resolve("house"), "--config", config);
    }

    private static KafkaProducer<byte[], byte[]> transactional(KafkaAccess kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.producer());
        settings.put("transactional.id", kafka.prefix() + "elsewhere");
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static boolean isOver(TopicProbe probe, Topics topics) {
        return statuses(probe, topics).stream().anyMatch(FINAL::contains);
    }

    private static List<ActionStatus> statuses(TopicProbe probe, Topics topics) {
        return events(probe, topics).stream().map(ActionEvent::getStatus).toList();
    }

    private static List<String> sentences(TopicProbe probe, Topics topics) {
        return events(probe, topics).stream().map(ActionEvent::getSentence).toList();
    }

    private static List<ActionEvent> events(TopicProbe probe, Topics topics) {
        return probe.raw(topics.actions()).stream()
                .map(record -> topics.actions()
                        .value()
                        .deserializer()
                        .deserialize(topics.actions().name(), record.value()))
                .toList();
    }

    private static void report(String failpoint, boolean fenced, List<String> effects, List<ActionStatus> statuses) {
        System.out.println(failpoint + " | " + (fenced ? "fenced" : "dumb") + " | " + effects + " | " + statuses);
    }
}
