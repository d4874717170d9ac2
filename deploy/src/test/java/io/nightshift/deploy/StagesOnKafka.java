package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Lesson;
import io.nightshift.learn.LearnStages;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.kafka.ClusterId;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.kafka.Provisioning;
import io.nightshift.runtime.kafka.TopicCheck;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.ConfluentRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What must hold on any Kafka: the topics are made and found as declared, the registry hands out schemas over plain HTTP,
 * and a stage learns from committed outcomes only and knows after a restart what it knew before. One body, run by one
 * test for each Kafka.
 */
final class StagesOnKafka {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Instant NIGHT = Instant.parse("2026-01-10T03:12:00Z");
    private static final String LESSON = "fp|MEMORY_LEAK|ROLLING_RESTART|demo/shop/inventory";
    private static final String SYMPTOMS = "orders time out calling inventory";

    private final KafkaAccess kafka;
    private final Topics topics;
    private final URI registry;
    private final Path folder;

    /**
     * @param registry base of the Confluent API, whose own schemas are in the same Kafka
     * @param folder where the stage keeps its state
     */
    StagesOnKafka(Map<String, String> client, URI registry, Path folder) {
        TopicSettings settings = TopicSettings.embedded().withPrefix("night.");
        this.kafka = ClusterId.access(client.get("bootstrap.servers"), client, settings.prefix(), folder);
        this.topics = new Topics(settings, new AvroSerdes(ConfluentRegistry.at(registry.toString(), Map.of())));
        this.registry = registry;
        this.folder = folder;
    }

    void holds() throws Exception {
        topicsAreMadeOnceAndFoundAsDeclared();
        try (TopicProbe probe = new TopicProbe(kafka)) {
            outcomesBecomeALessonUnlessTheirTransactionIsAborted(probe);
            theLessonIsReadWithASchemaFromPlainHttp(probe);
            aRestartedStageAddsToWhatItKnew(probe);
        }
    }

    private void topicsAreMadeOnceAndFoundAsDeclared() {
        List<String> declared = topics.all().stream().map(Topic::name).toList();
        assertThat(Provisioning.create(kafka, topics)).containsExactlyInAnyOrderElementsOf(declared);
        assertThat(Provisioning.create(kafka, topics)).isEmpty();
        TopicCheck.verify(kafka, topics);
    }

    private void outcomesBecomeALessonUnlessTheirTransactionIsAborted(TopicProbe probe) {
        try (Stage learn = startedLearn()) {
            probe.commit(topics.incidents(), "inc-1", incident());
            await("the incident is learned before its outcome is told")
                    .atMost(LIMIT)
                    .until(() -> probe.consumed("learn", topics.incidents()) > 0);
            probe.abort(topics.actions(), "inc-1", event("act-0", ActionStatus.RECURRED));
            probe.commit(topics.actions(), "inc-1", event("act-1", ActionStatus.RECOVERED));
            probe.commit(topics.actions(), "inc-1", event("act-1", ActionStatus.HELD));

            Lesson lesson = probe.awaitLatest(topics.lessons(), LESSON, known -> known.getHeld() == 1, LIMIT);
            assertThat(lesson.getRecurred())
                    .as("outcomes of the aborted transaction")
                    .isZero();
            assertThat(lesson.getSymptoms()).isEqualTo(SYMPTOMS);
            assertThat(learn.health().isRunning()).isTrue();
        }
    }

    private void theLessonIsReadWithASchemaFromPlainHttp(TopicProbe probe) throws Exception {
        ConsumerRecord<byte[], byte[]> raw = probe.raw(topics.lessons()).get(0);
        assertThat(raw.value()[0]).as("magic byte").isZero();
        int schemaId = ByteBuffer.wrap(raw.value(), 1, Integer.BYTES).getInt();
        assertThat(get("/schemas/ids/" + schemaId)).contains("Lesson", "io.nightshift.events");
        assertThat(get("/subjects")).contains("\"night.lessons-value\"", "\"night.actions-value\"");
    }

    private void aRestartedStageAddsToWhatItKnew(TopicProbe probe) {
        try (Stage learn = startedLearn()) {
            probe.commit(topics.actions(), "inc-1", event("act-2", ActionStatus.RECURRED));
            Lesson lesson = probe.awaitLatest(topics.lessons(), LESSON, known -> known.getRecurred() == 1, LIMIT);
            assertThat(lesson.getHeld()).as("known from before the restart").isEqualTo(1);
            assertThat(learn.health().isRunning()).isTrue();
        }
        assertThat(probe.raw(topics.lessons()))
                .as("one record for each outcome that taught")
                .hasSize(2);
    }

    private Stage startedLearn() {
        StageContext context = new StageContext(
                topics,
                kafka,
                EmptyConfig.INSTANCE,
                Inventory.empty(),
                new SimpleMeterRegistry(),
                folder,
                Clock.systemUTC());
        Stage learn = LearnStages.of(context).get(0);
        learn.start();
        return learn;
    }

    private String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(registry + path))
                                .timeout(LIMIT)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
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
                .setSentence("an outcome")
                .build();
    }

    private static Incident incident() {
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
                .setSentence(SYMPTOMS)
                .build();
    }
}
