package io.nightshift.investigate.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Engine;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.events.Lesson;
import io.nightshift.investigate.InvestigateSettings;
import io.nightshift.investigate.domain.Citations;
import io.nightshift.investigate.domain.Scenes;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InvestigateTopologyTest {

    private final Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));
    private TopologyTestDriver driver;
    private TestInputTopic<String, Incident> incidents;
    private TestInputTopic<String, Lesson> lessons;
    private TestInputTopic<String, ControlRecord> controls;
    private TestInputTopic<String, Investigation> investigations;
    private TestOutputTopic<String, InvestigationRequest> requests;

    @BeforeEach
    void start() {
        driver = new TopologyTestDriver(topology(), properties(), Scenes.ONSET);
        incidents = input(topics.incidents());
        lessons = input(topics.lessons());
        controls = input(topics.controls());
        investigations = input(topics.investigations());
        requests = driver.createOutputTopic(
                topics.investigationRequests().name(),
                topics.investigationRequests().key().deserializer(),
                topics.investigationRequests().value().deserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void the_topology_keeps_its_shape() throws IOException {
        try (InputStream golden = getClass().getResourceAsStream("/investigate.topology")) {
            String expected = golden == null ? "" : new String(golden.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(topology().describe().toString().strip()).isEqualTo(expected.strip());
        }
    }

    @Test
    void an_incident_that_pages_is_investigated_once_with_the_lessons_that_fit() {
        Lesson fits = Scenes.leak()
                .lesson("fp-1", "inventory", ActionKind.ROLLING_RESTART, 0, 1)
                .lessons()
                .get(0);
        Lesson elsewhere =
                Lesson.newBuilder(fits).setService("staging/shop/inventory").build();
        lessons.pipeInput(Citations.lesson(fits), fits);
        lessons.pipeInput(Citations.lesson(elsewhere), elsewhere);

        incidents.pipeInput("inc-1", Scenes.leak().incident(), Scenes.ONSET);
        incidents.pipeInput("inc-1", Scenes.leak().incident(2, IncidentPhase.UPDATE), Scenes.ONSET.plusSeconds(1));

        assertThat(requests.readKeyValuesToList()).singleElement().satisfies(request -> {
            assertThat(request.key).isEqualTo("inc-1");
            assertThat(request.value.getLessons()).containsExactly(fits);
            assertThat(request.value.getRequestedAt()).isEqualTo(Scenes.ONSET);
        });
    }

    @Test
    void a_forgotten_lesson_is_not_recalled() {
        Lesson lesson = Scenes.leak()
                .lesson("fp-1", "inventory", ActionKind.ROLLING_RESTART, 0, 1)
                .lessons()
                .get(0);
        lessons.pipeInput(Citations.lesson(lesson), lesson);
        lessons.pipeInput(Citations.lesson(lesson), null);

        incidents.pipeInput("inc-1", Scenes.leak().incident());

        assertThat(requests.readValue().getLessons()).isEmpty();
    }

    @Test
    void an_incident_that_wakes_nobody_waits_for_a_person_to_ask() {
        Incident quiet =
                Incident.newBuilder(Scenes.leak().incident()).setPages(false).build();
        incidents.pipeInput("inc-1", quiet);
        assertThat(requests.isEmpty()).isTrue();

        controls.pipeInput("inc-1", question("Why is it slow?"));

        assertThat(requests.readValue().getQuestion()).isEqualTo("Why is it slow?");
    }

    @Test
    void a_storm_of_changes_waits_for_the_answer_in_flight_and_then_asks_once_more() {
        incidents.pipeInput("inc-1", Scenes.leak().incident(), Scenes.ONSET);
        Scenes grown = Scenes.leak().errors("store", 0.5, 30, 5, 20);
        for (int version = 2; version < 50; version++) {
            incidents.pipeInput(
                    "inc-1", grown.incident(version, IncidentPhase.UPDATE), Scenes.ONSET.plusMillis(version * 100L));
        }
        assertThat(requests.readValuesToList()).hasSize(1);

        investigations.pipeInput("inc-1", answer(1), Scenes.ONSET.plusSeconds(6));

        assertThat(requests.readValuesToList()).singleElement().satisfies(request -> assertThat(
                        request.getIncident().getVersion())
                .isEqualTo(49));
    }

    @Test
    void one_version_of_an_incident_is_investigated_once_however_often_it_arrives() {
        for (int i = 0; i < 20; i++) {
            incidents.pipeInput("inc-1", Scenes.leak().incident(), Scenes.ONSET.plusSeconds(i));
        }
        assertThat(requests.readValuesToList()).hasSize(1);

        investigations.pipeInput("inc-1", answer(1), Scenes.ONSET.plusSeconds(21));
        for (int i = 0; i < 20; i++) {
            incidents.pipeInput("inc-1", Scenes.leak().incident(), Scenes.ONSET.plusSeconds(600 + i));
        }
        assertThat(requests.isEmpty()).isTrue();
    }

    @Test
    void a_change_that_is_not_material_is_looked_at_again_only_after_a_while() {
        incidents.pipeInput("inc-1", Scenes.leak().incident(), Scenes.ONSET);
        investigations.pipeInput("inc-1", answer(1), Scenes.ONSET.plusSeconds(1));
        Scenes same = Scenes.leak().metric("inventory", "inventory-2", "jvm.gc.duration", AnomalyKind.DRIFT, 2, 5);

        incidents.pipeInput("inc-1", same.incident(2, IncidentPhase.UPDATE), Scenes.ONSET.plusSeconds(5));
        assertThat(requests.readValuesToList()).hasSize(1);

        incidents.pipeInput("inc-1", same.incident(3, IncidentPhase.UPDATE), Scenes.ONSET.plusSeconds(11));
        assertThat(requests.readValuesToList()).hasSize(1);
    }

    @Test
    void a_request_whose_answer_was_lost_is_made_again() {
        incidents.pipeInput("inc-1", Scenes.leak().incident(), Scenes.ONSET);
        incidents.pipeInput("inc-1", Scenes.leak().incident(2, IncidentPhase.UPDATE), Scenes.ONSET.plusSeconds(200));

        assertThat(requests.readValuesToList()).hasSize(2);
    }

    @Test
    void nothing_is_remembered_of_a_resolved_incident() {
        incidents.pipeInput("inc-1", Scenes.leak().incident());
        incidents.pipeInput("inc-1", Scenes.leak().incident(2, IncidentPhase.RESOLVED));
        requests.readValuesToList();
        investigations.pipeInput("inc-1", answer(1));

        assertThat(requests.isEmpty()).isTrue();
        assertThat(driver.getKeyValueStore(RequestGate.OPEN_INCIDENTS).get("inc-1"))
                .isNull();
        assertThat(driver.getKeyValueStore(RequestGate.LAST_REQUESTS).get("inc-1"))
                .isNull();
        assertThat(driver.getKeyValueStore(RequestGate.ANSWERED_VERSIONS).get("inc-1"))
                .isNull();
    }

    @Test
    void a_record_without_a_key_becomes_a_dead_letter() {
        TestOutputTopic<byte[], byte[]> dead = driver.createOutputTopic(
                topics.deadLetters().name(),
                topics.deadLetters().key().deserializer(),
                topics.deadLetters().value().deserializer());
        incidents.pipeInput(null, Scenes.leak().incident());

        assertThat(requests.isEmpty()).isTrue();
        assertThat(dead.readKeyValue().key).isEqualTo(topics.incidents().name().getBytes(StandardCharsets.UTF_8));
    }

    private Topology topology() {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties())));
        return InvestigateTopology.build(builder, InvestigateSettings.defaults(), topics);
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "investigate");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return properties;
    }

    private <V> TestInputTopic<String, V> input(Topic<String, V> topic) {
        return driver.createInputTopic(
                topic.name(), topic.key().serializer(), topic.value().serializer());
    }

    private static ControlRecord question(String text) {
        return new ControlRecord(
                "ctl-1",
                ControlKind.INVESTIGATE,
                "inc-1",
                null,
                "ada",
                true,
                Scenes.ONSET,
                null,
                "",
                Map.of("question", text),
                "cli",
                "",
                ByteBuffer.allocate(0));
    }

    private static Investigation answer(int version) {
        Instant now = Scenes.ONSET;
        return Investigation.newBuilder()
                .setId("inv-" + version)
                .setIncidentId("inc-1")
                .setIncidentVersion(version)
                .setEnvironment("demo")
                .setFingerprint("fp-1")
                .setEngine(Engine.DETERMINISTIC)
                .setStartedAt(now)
                .setFinishedAt(now)
                .setSentence("")
                .build();
    }
}
