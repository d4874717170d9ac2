package io.nightshift.investigate.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import io.nightshift.events.Lesson;
import io.nightshift.investigate.domain.Scenes;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real model, as it is shipped, on sentences of the kind that incidents have. */
class SentenceModelTest {

    private static final LessonMemory MEMORY = new LessonMemory(100);
    private static MeaningRecall recall;

    @BeforeAll
    static void learn() {
        recall = new MeaningRecall(
                new SentenceModel(AllMiniLmL6V2QuantizedEmbeddingModel::new),
                MEMORY,
                Stream.of("gateway", "orders", "inventory", "store", "payments")
                        .map(Scenes::id)
                        .toList());
        learn(
                "alpha",
                "12 anomalies in 3 services, first inventory. Worst: inventory-1 of inventory: memory Tenured Gen is"
                        + " 97 % full after collection.");
        learn(
                "beta",
                "One anomaly in payments. Worst: payments-1 of payments: disk /data/payments-1 will be full in about"
                        + " 8 minutes (90 % full).");
        learn(
                "gamma",
                "5 anomalies in 3 services, first inventory. Worst: inventory: one call in twenty takes longer than"
                        + " 640 ms (usually 21 ms).");
        learn("delta", "7 anomalies in 3 services, first payments. Worst: payments: 35 % of calls fail (usually 0 %).");
    }

    private static void learn(String name, String symptoms) {
        recall.learn(
                name, Lesson.newBuilder(LessonFeedTest.lesson(name, symptoms)).build());
    }

    private static void assertRecalled(String sentence, String... names) {
        assertThat(recall.byMeaning(LessonFeedTest.incident(sentence)))
                .extracting(lesson -> lesson.getService().replace("demo/shop/", ""))
                .as(sentence)
                .containsExactly(names);
    }

    @Test
    void the_same_kind_of_trouble_elsewhere_is_recalled_and_no_other_kind() {
        assertRecalled(
                "9 anomalies in 2 services, first orders. Worst: orders-1 of orders: memory Tenured Gen is 93 % full"
                        + " after collection.",
                "alpha");
        assertRecalled(
                "4 anomalies in 2 services, first store. Worst: store: one call in twenty takes longer than 2 s"
                        + " (usually 12 ms).",
                "gamma");
        assertRecalled(
                "2 anomalies in 2 services, first inventory. Worst: inventory-2 of inventory: disk /data/inventory-2"
                        + " will be full in about 12 minutes (85 % full).",
                "beta");
    }

    @Test
    void what_nobody_met_yet_recalls_nothing() {
        assertRecalled("One anomaly in gateway. Worst: gateway: 90 requests a second (usually 30).");
        assertRecalled("The certificate of the mail relay expires tomorrow.");
    }
}
