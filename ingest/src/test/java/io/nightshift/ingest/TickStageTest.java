package io.nightshift.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.ingest.ticks.TickStage;
import io.nightshift.runtime.StageHealth;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TickStageTest {
    private final Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    void ticksGoOnAfterKafkaWasAway() {
        producer.sendException = new TimeoutException("away");
        try (TickStage ticks =
                new TickStage(topics.ticks(), Clock.systemUTC(), Duration.ofSeconds(5), () -> producer)) {
            ticks.start();
            Awaitility.await().until(() -> ticks.health().state() == StageHealth.State.DEGRADED);
            assertThat(producer.history()).isEmpty();

            producer.sendException = null;

            Awaitility.await().until(() -> ticks.health().state() == StageHealth.State.RUNNING);
            assertThat(producer.history()).hasSizeGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void everyTickOfAProcessNamesItAndAnotherProcessIsNamedOtherwise() {
        Set<String> writers = new HashSet<>();
        for (int process = 0; process < 2; process++) {
            MockProducer<byte[], byte[]> sent =
                    new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
            try (TickStage ticks =
                    new TickStage(topics.ticks(), Clock.systemUTC(), Duration.ofSeconds(5), () -> sent)) {
                ticks.start();
                Awaitility.await()
                        .until(() -> sent.history().size() >= topics.ticks().partitions());
                Set<String> one = sent.history().stream()
                        .map(tick -> topics.ticks()
                                .value()
                                .deserializer()
                                .deserialize(tick.topic(), tick.value())
                                .getWriter())
                        .collect(Collectors.toSet());
                assertThat(one).hasSize(1).doesNotContain("");
                writers.addAll(one);
            }
        }
        assertThat(writers).hasSize(2);
    }
}
