package io.nightshift.investigate.recall;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Incident;
import io.nightshift.events.Lesson;
import io.nightshift.investigate.domain.Citations;
import io.nightshift.investigate.domain.Scenes;
import io.nightshift.runtime.StageHealth;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LessonFeedTest {

    private final Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));
    private final String topic = topics.lessons().name();
    private final TopicPartition partition = new TopicPartition(topic, 0);
    private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
    private final LessonMemory memory = new LessonMemory(100);
    private long offset;

    /** Texts with the same first word mean the same. */
    private static final Meaning FIRST_WORD = new Meaning() {
        @Override
        public Optional<float[]> of(String text) {
            float[] direction = new float[LessonMemory.DIMENSIONS];
            direction[Math.floorMod(text.split(" ")[0].hashCode(), direction.length)] = 1;
            return Optional.of(direction);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public String trouble() {
            return "";
        }
    };

    static Lesson lesson(String service, String symptoms) {
        Lesson plain = Scenes.shop()
                .lesson("fp-" + symptoms.hashCode(), CauseClass.MEMORY_LEAK, service, ActionKind.ROLLING_RESTART, 1, 0)
                .lessons()
                .get(0);
        return Lesson.newBuilder(plain).setSymptoms(symptoms).build();
    }

    static Incident incident(String sentence) {
        return Incident.newBuilder(Scenes.leak().incident())
                .setSentence(sentence)
                .build();
    }

    private LessonFeed started(MeaningRecall recall) {
        Node node = new Node(0, "localhost", 1);
        kafka.updatePartitions(topic, List.of(new PartitionInfo(topic, 0, node, new Node[0], new Node[0])));
        kafka.updateBeginningOffsets(Map.of(partition, 0L));
        LessonFeed feed = new LessonFeed(topics.lessons(), () -> kafka, recall);
        feed.start();
        await(() -> feed.health().isRunning());
        return feed;
    }

    private void learned(String key, byte[] value) {
        kafka.addRecord(new ConsumerRecord<>(topic, 0, offset++, key.getBytes(StandardCharsets.UTF_8), value));
    }

    private void learned(Lesson lesson) {
        learned(Citations.lesson(lesson), topics.lessons().value().serializer().serialize(topic, lesson));
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(condition::getAsBoolean);
    }

    @Test
    void lessons_are_recalled_as_they_are_learned_and_gone_when_they_are_unlearned() {
        MeaningRecall recall = new MeaningRecall(FIRST_WORD, memory, List.of());
        try (LessonFeed feed = started(recall)) {
            Lesson heap = lesson("orders", "heap full at 97 %");
            Lesson disk = lesson("orders", "disk full");
            learned(heap);
            learned(disk);
            learned("not|a|lesson", new byte[] {0, 1, 2});
            await(() -> memory.size() == 2);

            assertThat(recall.byMeaning(incident("heap of the stock service full")))
                    .singleElement()
                    .satisfies(found -> assertThat(Citations.lesson(found)).isEqualTo(Citations.lesson(heap)));
            assertThat(recall.byMeaning(incident("nothing like it"))).isEmpty();

            learned(Lesson.newBuilder(heap).setRevoked(true).build());
            learned(Citations.lesson(disk), null);
            await(() -> memory.size() == 0);
            assertThat(recall.byMeaning(incident("heap full"))).isEmpty();
            assertThat(feed.health().detail()).isEmpty();
        }
    }

    @Test
    void a_lesson_whose_counts_change_stays_and_shows_the_new_ones() {
        MeaningRecall recall = new MeaningRecall(FIRST_WORD, memory, List.of());
        Lesson first = lesson("orders", "heap full");
        recall.learn("key", first);
        recall.learn("key", Lesson.newBuilder(first).setRecurred(4).build());

        assertThat(recall.byMeaning(incident("heap full")))
                .singleElement()
                .satisfies(found -> assertThat(found.getRecurred()).isEqualTo(4));
    }

    @Test
    void where_the_model_can_not_be_loaded_everything_else_goes_on_and_health_says_so() {
        SentenceModel broken = new SentenceModel(() -> {
            throw new UnsatisfiedLinkError("no such library");
        });
        MeaningRecall recall = new MeaningRecall(broken, memory, List.of());
        try (LessonFeed feed = started(recall)) {
            learned(lesson("orders", "heap full"));
            await(() -> !feed.health().detail().isEmpty());

            assertThat(feed.health().state()).isEqualTo(StageHealth.State.RUNNING);
            assertThat(feed.health().detail()).contains("by fingerprint alone").contains("no such library");
            assertThat(recall.byMeaning(incident("heap full"))).isEmpty();
        }
    }

    @Test
    void nobody_waits_for_a_model_that_is_not_loaded() {
        SentenceModel never = new SentenceModel(() -> {
            throw new AssertionError("loaded for a question");
        });
        memory.keep("key", lesson("orders", "heap full"), new float[] {1, 0});

        assertThat(new MeaningRecall(never, memory, List.of()).byMeaning(incident("heap full")))
                .isEmpty();
    }

    @Test
    void of_too_many_lessons_those_that_changed_longest_ago_go_and_none_keeps_its_words() {
        LessonMemory small = new LessonMemory(2);
        float[] here = {1, 0};
        small.keep("a", lesson("orders", "one"), here);
        small.keep("b", lesson("orders", "two"), here);
        small.renew("a", lesson("orders", "one"));
        small.keep("c", lesson("orders", "three"), here);

        List<Lesson> kept = small.near("demo", here, 0.9, 9);
        assertThat(kept).hasSize(2).allSatisfy(one -> assertThat(one.getSymptoms() + one.getSentence())
                .isEmpty());
        assertThat(small.knows("b", lesson("orders", "two"))).isFalse();
        assertThat(topics.lessons().value().serializer().serialize(topic, kept.get(0)))
                .hasSizeLessThan(256);
    }

    @Test
    void lessons_of_another_environment_are_not_recalled() {
        float[] here = {1, 0};
        memory.keep("a", lesson("orders", "one"), here);

        assertThat(memory.near("production", here, 0.9, 9)).isEmpty();
    }
}
