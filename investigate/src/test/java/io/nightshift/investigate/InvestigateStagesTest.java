package io.nightshift.investigate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.Engine;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.Lesson;
import io.nightshift.investigate.domain.Citations;
import io.nightshift.investigate.domain.Scenes;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.kafka.Provisioning;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The stage as it runs: topology and worker against a real broker in this process. */
@Timeout(120)
class InvestigateStagesTest {

    @TempDir
    Path folder;

    private final Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));

    @Test
    void an_incident_becomes_an_investigation_that_cites_changes_found_in_kafka_and_lessons() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.ephemeral()) {
            KafkaAccess kafka = new KafkaAccess(
                    broker.bootstrapServers(),
                    broker.clusterId(),
                    broker.clientProperties(),
                    "",
                    folder.resolve("state"));
            Provisioning.create(kafka, topics);
            Scenes scene = Scenes.leak();
            for (ChangeEvent change : scene.changes()) {
                send(
                        kafka,
                        topics.changes(),
                        Scenes.id(change.getService().getService()),
                        change,
                        change.getTimeMicros() / 1000);
            }
            List<Stage> stages = InvestigateStages.of(context(kafka, scene));
            try {
                stages.forEach(Stage::start);
                send(kafka, topics.incidents(), "inc-1", scene.incident(), Scenes.ONSET.toEpochMilli());
                Investigation first = investigations(kafka, 1).get(0);

                assertThat(first.getEngine()).isEqualTo(Engine.DETERMINISTIC);
                assertThat(first.getEngineNote()).isEqualTo("no model configured");
                assertThat(first.getHypotheses().get(0).getCauseClass()).isEqualTo(CauseClass.MEMORY_LEAK);
                assertThat(first.getProposal().getAction()).isEqualTo(ActionKind.ROLLING_RESTART);
                assertThat(first.getEvidence())
                        .filteredOn(item -> item.getKind() == EvidenceKind.CHANGE)
                        .hasSize(2)
                        .allMatch(item -> item.getRefs().get(0).getTopic().equals("telemetry.changes"));
                assertThat(first.getEvidence())
                        .filteredOn(item -> item.getKind() != EvidenceKind.SKILL)
                        .extracting(EvidenceItem::getRefs)
                        .noneMatch(List::isEmpty);

                Lesson lesson = scene.lesson("fp-1", "inventory", ActionKind.ROLLING_RESTART, 0, 1)
                        .lessons()
                        .get(0);
                send(kafka, topics.lessons(), Citations.lesson(lesson), lesson, Scenes.ONSET.toEpochMilli());
                Incident again =
                        Incident.newBuilder(scene.incident()).setId("inc-2").build();
                Investigation second = untilItCites(kafka, again);

                assertThat(second.getProposal().getAction()).isEqualTo(ActionKind.ROLL_BACK_RELEASE);
                assertThat(second.getProposal().getArguments()).containsEntry("version", "1.3.9");
            } finally {
                stages.forEach(Stage::close);
            }
        }
    }

    /** The lesson and the incident take different ways; a later version of the incident meets the lesson at the latest. */
    private Investigation untilItCites(KafkaAccess kafka, Incident incident) throws Exception {
        int version = 1;
        while (true) {
            Incident next = Incident.newBuilder(incident)
                    .setVersion(version)
                    .setSeverity(incident.getSeverity() * Math.pow(2, version))
                    .build();
            send(
                    kafka,
                    topics.incidents(),
                    next.getId(),
                    next,
                    Scenes.ONSET.plusSeconds(version).toEpochMilli());
            List<Investigation> all = investigations(kafka, 1 + version);
            Investigation latest = all.get(all.size() - 1);
            if (!latest.getLessons().isEmpty()) {
                return latest;
            }
            version++;
        }
    }

    private List<Investigation> investigations(KafkaAccess kafka, int atLeast) {
        Topic<String, Investigation> topic = topics.investigations();
        List<Investigation> found = new ArrayList<>();
        try (KafkaConsumer<String, Investigation> consumer = new KafkaConsumer<>(
                kafka.consumer("test-" + System.nanoTime()),
                new StringDeserializer(),
                topic.value().deserializer())) {
            consumer.subscribe(List.of(topic.name()));
            await().atMost(Duration.ofSeconds(40)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> found.add(record.value()));
                return found.size() >= atLeast;
            });
        }
        found.sort(Comparator.comparing(Investigation::getFinishedAt));
        return found;
    }

    private static <V> void send(KafkaAccess kafka, Topic<String, V> topic, String key, V value, long timestamp)
            throws Exception {
        try (KafkaProducer<String, V> producer = new KafkaProducer<>(
                kafka.producer(), new StringSerializer(), topic.value().serializer())) {
            producer.send(new ProducerRecord<>(topic.name(), null, timestamp, key, value))
                    .get();
        }
    }

    private StageContext context(KafkaAccess kafka, Scenes scene) {
        return new StageContext(
                topics,
                kafka,
                EmptyConfig.INSTANCE,
                scene.inventory(),
                new SimpleMeterRegistry(),
                folder,
                Clock.systemUTC());
    }
}
