package io.nightshift.learn.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Lesson;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.testing.GoldenTopology;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnTopologyTest {

    private static final Instant NIGHT = Instant.parse("2026-01-10T03:12:00Z");

    @TempDir
    Path folder;

    private final Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));
    private Topology topology;
    private TopologyTestDriver driver;
    private TestInputTopic<String, ActionEvent> actions;
    private TestInputTopic<String, Incident> incidents;
    private TestOutputTopic<String, Lesson> lessons;

    @BeforeEach
    void start() {
        Properties streams = new KafkaAccess("unused:1", "cluster", Map.of(), "", folder).streams("learn");
        topology = LearnTopology.build(streams, topics);
        driver = new TopologyTestDriver(topology, streams);
        actions = driver.createInputTopic(
                topics.actions().name(),
                new StringSerializer(),
                topics.actions().value().serializer());
        incidents = driver.createInputTopic(
                topics.incidents().name(),
                new StringSerializer(),
                topics.incidents().value().serializer());
        lessons = driver.createOutputTopic(
                topics.lessons().name(),
                new StringDeserializer(),
                topics.lessons().value().deserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void theShapeIsTheReviewedOne() {
        GoldenTopology.assertMatches(topology, "learn");
    }

    @Test
    void aRecurrenceIsRememberedWithTheSymptomsOfItsIncident() {
        incidents.pipeInput("inc-1", incident("orders time out calling inventory"));
        actions.pipeInput("inc-1", event("act-1", ActionStatus.STARTED));
        actions.pipeInput("inc-1", event("act-1", ActionStatus.RECOVERED));
        actions.pipeInput("inc-1", event("act-1", ActionStatus.RECURRED));

        Map<String, Lesson> learned = lessons.readKeyValuesToMap();

        assertThat(learned).containsOnlyKeys("fp|MEMORY_LEAK|ROLLING_RESTART|demo/shop/inventory");
        Lesson lesson = learned.values().iterator().next();
        assertThat(lesson.getRecurred()).isEqualTo(1);
        assertThat(lesson.getSymptoms()).isEqualTo("orders time out calling inventory");
        assertThat(driver.<String, Lesson>getKeyValueStore(LearnTopology.LESSONS_STORE)
                        .get("fp|MEMORY_LEAK|ROLLING_RESTART|demo/shop/inventory"))
                .isEqualTo(lesson);
    }

    @Test
    void anOutcomeOfAnUnknownIncidentStillTeaches() {
        actions.pipeInput("inc-9", event("act-9", ActionStatus.HELD));

        assertThat(lessons.readValue().getHeld()).isEqualTo(1);
    }

    @Test
    void theSameOutcomeAThousandTimesIsOneLesson() {
        for (int i = 0; i < 1000; i++) {
            actions.pipeInput("inc-1", event("act-1", ActionStatus.HELD));
        }

        assertThat(lessons.readValuesToList()).extracting(Lesson::getHeld).containsExactly(1);
    }

    private static ActionEvent event(String actionId, ActionStatus status) {
        return ActionEvent.newBuilder()
                .setId(actionId + "-" + status)
                .setActionId(actionId)
                .setStatus(status)
                .setAt(NIGHT)
                .setIncidentId("inc-1")
                .setEnvironment("demo")
                .setService("demo/shop/inventory")
                .setAction(ActionKind.ROLLING_RESTART)
                .setTarget("demo/shop/inventory")
                .setFingerprint("fp")
                .setCauseClass(CauseClass.MEMORY_LEAK)
                .setSentence("test")
                .build();
    }

    private static Incident incident(String sentence) {
        return Incident.newBuilder()
                .setId("inc-1")
                .setVersion(1)
                .setPhase(IncidentPhase.OPEN)
                .setEnvironment("demo")
                .setFingerprint("fp")
                .setOpenedAt(NIGHT)
                .setOnset(NIGHT)
                .setUpdatedAt(NIGHT)
                .setSeverity(3.0)
                .setPages(true)
                .setServices(List.of("demo/shop/inventory"))
                .setMemberCount(1)
                .setSentence(sentence)
                .build();
    }
}
