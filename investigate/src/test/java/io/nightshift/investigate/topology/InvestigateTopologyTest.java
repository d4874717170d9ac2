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
import io.nightshift.investigate.domain.Inquiry;
import io.nightshift.investigate.domain.RequestRule;
import io.nightshift.investigate.domain.Scenes;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Question;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    private static final SigningKey ADA = SigningKey.generate();

    private final List<String> tallies = new ArrayList<>();
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
    void a_question_about_no_incident_becomes_a_request_of_version_0_about_its_time() {
        Question question = new Question("why is gateway slow?", "demo", List.of(), null, null);

        controls.pipeInput(question.id(), question(question.id(), question), Scenes.ONSET);

        InvestigationRequest request = requests.readValue();
        assertThat(Inquiry.is(request)).isTrue();
        assertThat(request.getQuestion()).isEqualTo("why is gateway slow?");
        assertThat(request.getIncident().getId()).isEqualTo(question.id());
        assertThat(Inquiry.from(request.getIncident())).isEqualTo(Scenes.ONSET.minus(Inquiry.RECENT));
        assertThat(Inquiry.until(request.getIncident())).isEqualTo(Scenes.ONSET);
        assertThat(driver.getKeyValueStore(RequestGate.LAST_REQUESTS).get(question.id()))
                .isNull();
    }

    @Test
    void a_question_about_an_incident_that_is_over_is_asked_about_its_services_and_its_time() {
        incidents.pipeInput("inc-1", Scenes.leak().incident());
        incidents.pipeInput("inc-1", Scenes.leak().incident(2, IncidentPhase.RESOLVED));
        requests.readValuesToList();
        Question question = new Question(
                "what was it?", "demo", List.of(Scenes.id("inventory")), Scenes.ONSET, Scenes.ONSET.plusSeconds(600));

        controls.pipeInput("inc-1", question("inc-1", question), Scenes.ONSET.plusSeconds(9_000));

        Incident asked = requests.readValue().getIncident();
        assertThat(asked.getId()).isEqualTo("inc-1");
        assertThat(asked.getVersion()).isZero();
        assertThat(asked.getServices()).containsExactly(Scenes.id("inventory"));
        assertThat(Inquiry.until(asked)).isEqualTo(Scenes.ONSET.plusSeconds(600));
    }

    @Test
    void a_question_that_nobody_trusted_signed_is_counted_and_not_asked() {
        ControlRecord forged = ControlRecord.newBuilder(question("Why?"))
                .setSignature(ByteBuffer.allocate(64))
                .build();
        incidents.pipeInput("inc-1", Scenes.leak().incident());
        requests.readValuesToList();

        controls.pipeInput("inc-1", forged);

        assertThat(requests.isEmpty()).isTrue();
        assertThat(tallies).containsExactly("question.untrusted");
    }

    @Test
    void the_same_question_is_in_work_once_and_may_be_asked_again_when_it_was_answered_or_its_answer_was_lost() {
        Question question = new Question("why is gateway slow?", "", List.of(), null, null);
        ControlRecord asked = question(question.id(), question);

        controls.pipeInput(question.id(), asked, Scenes.ONSET);
        controls.pipeInput(question.id(), asked, Scenes.ONSET.plusSeconds(1));
        assertThat(requests.readValuesToList()).hasSize(1);
        assertThat(tallies).containsExactly("question.in-work");

        investigations.pipeInput(
                question.id(),
                Investigation.newBuilder(answer(0))
                        .setQuestion("why is gateway slow?")
                        .build());
        controls.pipeInput(question.id(), asked, Scenes.ONSET.plusSeconds(2));
        controls.pipeInput(question.id(), asked, Scenes.ONSET.plusSeconds(122));
        assertThat(requests.readValuesToList()).hasSize(2);
    }

    @Test
    void a_storm_of_questions_is_bounded_so_that_incidents_need_not_wait_behind_it() {
        for (int i = 0; i < 50; i++) {
            controls.pipeInput("inc-1", question("why " + i), Scenes.ONSET);
        }

        assertThat(requests.readValuesToList()).hasSize(RequestRule.MOST_QUESTIONS);
        assertThat(tallies).hasSize(50 - RequestRule.MOST_QUESTIONS).containsOnly("question.too-many");
    }

    @Test
    void the_answer_to_a_question_beside_an_incident_does_not_count_as_the_incidents_own() {
        incidents.pipeInput("inc-1", Scenes.leak().incident(), Scenes.ONSET);
        investigations.pipeInput("inc-1", answer(1), Scenes.ONSET.plusSeconds(1));
        investigations.pipeInput("inc-1", answer(0), Scenes.ONSET.plusSeconds(2));

        assertThat(driver.getKeyValueStore(RequestGate.ANSWERED_VERSIONS).get("inc-1"))
                .isEqualTo(1);
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
        return InvestigateTopology.build(
                builder,
                InvestigateSettings.defaults(),
                topics,
                Scenes.shop().inventory(),
                TrustedKeys.of(ADA),
                tallies::add);
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
        return question("inc-1", new Question(text, "", List.of(), null, null));
    }

    private static ControlRecord question(String subject, Question question) {
        return ControlSignature.sign(
                ControlRecord.newBuilder()
                        .setId("ctl-" + question.text())
                        .setKind(ControlKind.INVESTIGATE)
                        .setSubject(subject)
                        .setActor("ada")
                        .setPerson(true)
                        .setAt(Scenes.ONSET)
                        .setArguments(question.arguments())
                        .setChannel("cli")
                        .build(),
                ADA);
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
