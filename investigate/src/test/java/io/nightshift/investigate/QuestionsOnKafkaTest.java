package io.nightshift.investigate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.events.Anomaly;
import io.nightshift.events.CauseClass;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.investigate.domain.Scenes;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.kafka.Provisioning;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Question;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People ask, without a model: about no incident, about an open one, and about one that is over; against a real broker. */
@Timeout(180)
class QuestionsOnKafkaTest {

    private static final Instant LATER = Scenes.ONSET.plusSeconds(120);

    @TempDir
    Path folder;

    private final Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));
    private KafkaAccess kafka;
    private SigningKey ada;

    @Test
    void questions_are_answered_with_and_without_an_incident() throws Exception {
        Path trusted = Files.createDirectories(folder.resolve("remediate/trusted"));
        ada = SigningKey.readOrCreate(folder.resolve("ada.key"), trusted.resolve("ada.pub"));
        try (EmbeddedBroker broker = EmbeddedBroker.ephemeral()) {
            kafka = new KafkaAccess(
                    broker.bootstrapServers(),
                    broker.clusterId(),
                    broker.clientProperties(),
                    "",
                    folder.resolve("state"));
            Provisioning.create(kafka, topics);
            List<Stage> stages = InvestigateStages.of(new StageContext(
                    topics,
                    kafka,
                    EmptyConfig.INSTANCE,
                    Scenes.leak().inventory(),
                    new SimpleMeterRegistry(),
                    folder.resolve("investigate"),
                    Clock.systemUTC()));
            try {
                stages.forEach(Stage::start);
                detected(Scenes.leak());
                aboutNoIncident();
                aboutAnOpenIncident();
                aboutAnIncidentThatIsOver();
            } finally {
                stages.forEach(Stage::close);
            }
        }
    }

    private void aboutNoIncident() throws Exception {
        Question question = new Question("why is gateway slow?", "", List.of(), null, LATER);
        ask(question.id(), question);

        Investigation answer = answer(one -> one.getIncidentId().equals(question.id()));

        assertThat(answer.getHypotheses().get(0).getService()).isEqualTo(Scenes.id("inventory"));
        assertThat(answer.getHypotheses().get(0).getCauseClass()).isEqualTo(CauseClass.MEMORY_LEAK);
        assertThat(answer.getQuestion()).isEqualTo("why is gateway slow?");
        assertThat(answer.getProposal()).isNull();
        assertThat(answer.getIncidentVersion()).isZero();
        assertThat(answer.getTruncated()).isEmpty();
    }

    private void aboutAnOpenIncident() throws Exception {
        Incident quiet =
                Incident.newBuilder(Scenes.leak().incident()).setPages(false).build();
        send(topics.incidents(), "inc-1", quiet);
        // The question and the incident take different ways, so the gate may meet the question first; asked again it
        // may not.
        Investigation answer = null;
        for (int i = 0; answer == null || answer.getIncidentVersion() == 0; i++) {
            String text = "is it memory? " + i;
            ask("inc-1", new Question(text, "demo", quiet.getServices(), Scenes.ONSET, LATER));
            answer = answer(one -> text.equals(one.getQuestion()));
        }
        assertThat(answer.getIncidentId()).isEqualTo("inc-1");
        assertThat(answer.getProposal()).isNotNull();
    }

    private void aboutAnIncidentThatIsOver() throws Exception {
        send(topics.incidents(), "inc-1", Scenes.leak().incident(2, IncidentPhase.RESOLVED));
        Investigation answer = null;
        for (int i = 0; answer == null || answer.getIncidentVersion() != 0; i++) {
            String text = "what was it? " + i;
            ask("inc-1", new Question(text, "demo", List.of(Scenes.id("gateway")), Scenes.ONSET, LATER));
            answer = answer(one -> text.equals(one.getQuestion()));
        }
        assertThat(answer.getIncidentId()).isEqualTo("inc-1");
        assertThat(answer.getHypotheses().get(0).getService()).isEqualTo(Scenes.id("inventory"));
        assertThat(answer.getProposal()).isNull();
    }

    /** What detect would have written. */
    private void detected(Scenes scene) throws Exception {
        for (GraphEntry entry : scene.incident().getGraph()) {
            send(topics.topology(), entry.getSubject().toString(), entry);
        }
        for (Anomaly anomaly : scene.incident().getAnomalies()) {
            send(topics.anomalies(), "demo", anomaly);
        }
    }

    private void ask(String subject, Question question) throws Exception {
        send(
                topics.controls(),
                subject,
                ControlSignature.sign(
                        ControlRecord.newBuilder()
                                .setId("ctl-" + question.text())
                                .setKind(ControlKind.INVESTIGATE)
                                .setSubject(subject)
                                .setActor("ada")
                                .setPerson(true)
                                .setAt(LATER)
                                .setArguments(question.arguments())
                                .setChannel("cli")
                                .build(),
                        ada));
    }

    private Investigation answer(Predicate<Investigation> wanted) {
        Topic<String, Investigation> topic = topics.investigations();
        List<Investigation> found = new ArrayList<>();
        try (KafkaConsumer<String, Investigation> consumer = new KafkaConsumer<>(
                kafka.consumer("test-" + System.nanoTime()),
                new StringDeserializer(),
                topic.value().deserializer())) {
            consumer.subscribe(List.of(topic.name()));
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> found.add(record.value()));
                return found.stream().anyMatch(wanted);
            });
        }
        return found.stream().filter(wanted).findFirst().orElseThrow();
    }

    private <V> void send(Topic<String, V> topic, String key, V value) throws Exception {
        try (KafkaProducer<String, V> producer = new KafkaProducer<>(
                kafka.producer(), new StringSerializer(), topic.value().serializer())) {
            producer.send(new ProducerRecord<>(topic.name(), null, LATER.toEpochMilli(), key, value))
                    .get();
        }
    }
}
