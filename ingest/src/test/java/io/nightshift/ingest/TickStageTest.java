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
}
