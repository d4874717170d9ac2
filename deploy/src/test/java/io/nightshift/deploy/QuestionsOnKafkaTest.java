package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.deploy.home.Connection;
import io.nightshift.deploy.home.Installation;
import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.embedded.registry.EmbeddedRegistry;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.CallEvidence;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.RollupCalls;
import io.nightshift.events.ServiceRollup;
import io.nightshift.events.Signal;
import io.nightshift.investigate.InvestigateStages;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.kafka.ClusterId;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.kafka.Provisioning;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.ConfluentRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code ask}, {@code investigate} and {@code explain} against the stage that answers, without a model. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QuestionsOnKafkaTest {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("registry.distribution"));
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    Path folder;

    private Topics topics;
    private KafkaAccess kafka;

    @Test
    void peopleAskAndAreAnswered() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.ephemeral();
                EmbeddedRegistry registry = EmbeddedRegistry.start(new EmbeddedRegistry.Settings(
                        DISTRIBUTION, folder.resolve("registry"), 0, broker.clientProperties()))) {
            registry.awaitReady(Duration.ofSeconds(60));
            Installation installation = install(broker, registry.url().toString());
            detected();
            nobodyAnswers();
            List<Stage> stages = InvestigateStages.of(new StageContext(
                    topics,
                    kafka,
                    EmptyConfig.INSTANCE,
                    Inventory.empty(),
                    new SimpleMeterRegistry(),
                    installation.stage("investigate"),
                    Clock.systemUTC()));
            try {
                stages.forEach(Stage::start);
                asked();
                investigated();
            } finally {
                stages.forEach(Stage::close);
            }
        }
    }

    private void nobodyAnswers() {
        Told told = command("ask", "is cart fine?", "--within", "1s");
        assertThat(told.status()).isEqualTo(1);
        assertThat(told.error()).contains("asked; waiting", "no answer within 1s", "the stage investigate");
        command("ask", "is cart fine?", "--within", "soon").isUsage("'soon' is no duration");
        command("ask", " ").isUsage("the question is empty");
        command("ask", "x".repeat(501)).isUsage("501 characters; 500 is the most");
        command("investigate", "inc-9").isUsage("there is no incident 'inc-9'");
        command("explain", "inc-9").isUsage("no incident, investigation or question 'inc-9'");
        command("explain", "inc-1").isUsage("nobody has looked into inc-1", "./nightshift investigate inc-1");
    }

    private void asked() throws Exception {
        Told told = command("ask", "why is web slow?");
        assertThat(told.error()).contains("asked; waiting");
        assertThat(told.status()).isZero();
        assertThat(told.out()).contains("cart", "Hypotheses", "requests fail").doesNotContain("Proposal");

        JsonNode answer = json("ask", "is mail fine?");
        assertThat(answer.at("/answer/sentence").asText())
                .startsWith("Nothing unusual was seen at mail")
                .contains("mail: 300 requests in 3 minutes, 0.0 % failed");
        assertThat(answer.at("/answer/hypotheses/0/causeClass").asText()).isEqualTo("no culprit");
        assertThat(answer.at("/answer/proposal").isNull()).isTrue();

        assertThat(command("ask", "is the moon fine?").out())
                .contains("names no service", "demo/shop/cart", "demo/shop/mail", "demo/shop/web")
                .doesNotContain("Hypotheses");
        assertThat(command("ask", "why?", "--service", "cart").out()).contains("cart");
        assertThat(command("ask", "why is cart slow?", "--no-wait").out())
                .startsWith("asked; ./nightshift explain ask-");

        String question = answer.get("incidentId").asText();
        assertThat(command("explain", question).out()).contains("asked: is mail fine?", "evidence digest:");
        assertThat(command("explain", answer.at("/answer/id").asText()).out()).contains(question);
    }

    private void investigated() throws Exception {
        assertThat(json("investigate", "inc-1", "is it cart?")
                        .at("/answer/hypotheses/0/service")
                        .asText())
                .isEqualTo("demo/shop/cart");
        write(topics.incidents(), "inc-1", incident(2, IncidentPhase.RESOLVED), NOW);
        Told over = command("investigate", "inc-1");
        assertThat(over.error()).contains("inc-1 is over");
        assertThat(over.out()).contains("cart");

        Told explained = command("explain", "inc-1");
        assertThat(explained.out()).contains("asked: is it cart?", "investigation 1 of 2", "--evidence lists all");
        JsonNode second = json("explain", "inc-1", "--nth", "2");
        assertThat(second.get("nth").asInt()).isEqualTo(2);
        assertThat(second.get("question").asText()).isEmpty();
        command("explain", "inc-1", "--nth", "3").isUsage("no investigation 3 of inc-1; it has 2");
        assertThat(command("incidents").out()).contains("inc-1").doesNotContain("ask-");
    }

    /** web calls cart, which fails; mail is fine. */
    private void detected() throws Exception {
        write(topics.topology(), "1", entry("web", null), NOW);
        write(topics.topology(), "2", entry("cart", null), NOW);
        write(topics.topology(), "3", entry("mail", null), NOW);
        write(topics.topology(), "4", entry("web", "demo/shop/cart"), NOW);
        write(topics.anomalies(), "demo", anomaly("anm-1", "cart", 8), NOW);
        write(topics.anomalies(), "demo", anomaly("anm-2", "web", 4), NOW);
        for (int i = 1; i <= 3; i++) {
            Instant minute = NOW.minusSeconds(60L * i);
            write(topics.rollups(), "demo/shop/mail", minute("mail", minute), minute);
        }
        write(topics.incidents(), "inc-1", incident(1, IncidentPhase.OPEN), NOW);
    }

    private Installation install(EmbeddedBroker broker, String registryUrl) {
        topics = new Topics(TopicSettings.embedded(), new AvroSerdes(ConfluentRegistry.at(registryUrl, Map.of())));
        Map<String, String> security = new HashMap<>(broker.clientProperties());
        security.remove("bootstrap.servers");
        Installation installation = Installation.open(folder);
        installation.operatorKey();
        kafka = ClusterId.access(broker.bootstrapServers(), security, "", folder.resolve("state"));
        Provisioning.create(kafka, topics);
        new Connection(
                        broker.bootstrapServers(),
                        registryUrl,
                        "",
                        "",
                        "",
                        "",
                        ProcessHandle.current().pid(),
                        security)
                .write(installation.connectionFile());
        return installation;
    }

    private Told command(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--folder", folder.toString()));
        return Told.by(all.toArray(String[]::new));
    }

    private JsonNode json(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        return new ObjectMapper().readTree(command(all.toArray(String[]::new)).out());
    }

    private <T> void write(Topic<String, T> topic, String key, T value, Instant at) throws Exception {
        byte[] bytes = topic.value().serializer().serialize(topic.name(), value);
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka.producer(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.name(), null, at.toEpochMilli(), key, bytes))
                    .get();
        }
    }

    private static EntityRef entity(String service, String peer) {
        return new EntityRef("demo", "shop", service, null, peer);
    }

    private static GraphEntry entry(String service, String peer) {
        return GraphEntry.newBuilder()
                .setSubject(entity(service, peer))
                .setValidFrom(NOW.minusSeconds(3_600))
                .setLastSeen(NOW)
                .setInstances(peer == null ? List.of(service + "-1") : List.of())
                .build();
    }

    private static Anomaly anomaly(String id, String service, double severity) {
        return Anomaly.newBuilder()
                .setId(id)
                .setPhase(AnomalyPhase.OPEN)
                .setSubject(entity(service, null))
                .setSignal(Signal.TRACE)
                .setKind(AnomalyKind.ERRORS)
                .setDirection(Direction.UP)
                .setName("errors")
                .setSeverity(severity)
                .setOnset(NOW.minusSeconds(60))
                .setDetectedAt(NOW)
                .setUpdatedAt(NOW)
                .setSentence("Requests fail.")
                .setCalls(CallEvidence.newBuilder()
                        .setWindowSeconds(10)
                        .setRateBefore(30)
                        .setRateNow(30)
                        .setErrorRatioBefore(0)
                        .setErrorRatioNow(0.3)
                        .setP50MillisBefore(10)
                        .setP50MillisNow(10)
                        .setP95MillisBefore(20)
                        .setP95MillisNow(20)
                        .build())
                .build();
    }

    private static ServiceRollup minute(String service, Instant at) {
        return ServiceRollup.newBuilder()
                .setService(entity(service, null))
                .setMinute(at)
                .setCalls(List.of(new RollupCalls(null, null, 100L, 0L, 10.0, 20.0, 30.0)))
                .build();
    }

    private static Incident incident(int version, IncidentPhase phase) {
        return Incident.newBuilder()
                .setId("inc-1")
                .setVersion(version)
                .setPhase(phase)
                .setEnvironment("demo")
                .setFingerprint("fp-1")
                .setOpenedAt(NOW)
                .setOnset(NOW.minusSeconds(60))
                .setUpdatedAt(NOW)
                .setResolvedAt(phase == IncidentPhase.RESOLVED ? NOW.plusSeconds(30) : null)
                .setSeverity(8)
                .setPages(false)
                .setServices(List.of("demo/shop/cart", "demo/shop/web"))
                .setAnomalies(List.of(anomaly("anm-1", "cart", 8), anomaly("anm-2", "web", 4)))
                .setGraph(List.of(entry("web", null), entry("cart", null), entry("web", "demo/shop/cart")))
                .setMemberCount(2)
                .setSentence("Requests to cart fail.")
                .build();
    }
}
