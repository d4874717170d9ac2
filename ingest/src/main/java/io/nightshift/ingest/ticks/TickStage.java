package io.nightshift.ingest.ticks;

import io.nightshift.events.Tick;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageHealth;
import io.nightshift.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one tick to each partition of {@code ticks} every second. Silence is noticed by these, so they go to partitions
 * by number and depend on no telemetry. Several writers do no harm: a tick says only what time it is, and who says so, so
 * that readers notice a clock that is wrong.
 */
public final class TickStage implements Stage {
    private static final Logger LOG = LoggerFactory.getLogger(TickStage.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Topic<String, Tick> topic;
    private final Clock clock;
    private final Duration lateness;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final String writer = UUID.randomUUID().toString().substring(0, 8);

    private ScheduledExecutorService timer;
    private Producer<byte[], byte[]> producer;
    private volatile StageHealth health = StageHealth.of(StageHealth.State.STARTING);

    /** @param lateness how far the watermark stays behind the clock */
    public TickStage(
            Topic<String, Tick> topic, Clock clock, Duration lateness, Supplier<Producer<byte[], byte[]>> producers) {
        this.topic = topic;
        this.clock = clock;
        this.lateness = lateness;
        this.producers = producers;
    }

    @Override
    public String name() {
        return "ingest-ticks";
    }

    @Override
    public synchronized void start() {
        producer = producers.get();
        timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "ingest-ticks");
            thread.setDaemon(true);
            return thread;
        });
        // A delay and not a rate: after a stall there is nothing to catch up with, the missed seconds are over.
        timer.scheduleWithFixedDelay(this::tick, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** One tick for each partition, now. */
    private void tick() {
        try {
            long nowMicros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
            long watermark = nowMicros - lateness.toNanos() / 1000;
            for (int partition = 0; partition < topic.partitions(); partition++) {
                if (!send(new Tick(partition, nowMicros, watermark, writer))) {
                    // Each further send would wait for metadata in its turn, and the next tick with it.
                    return;
                }
            }
        } catch (RuntimeException e) {
            // The timer would end for good with the first exception, and with it everybody's sense of silence.
            report(e);
        }
    }

    /** Whether it is on its way or acknowledged, as far as is known now. */
    private boolean send(Tick tick) {
        AtomicBoolean failed = new AtomicBoolean();
        producer.send(
                new ProducerRecord<>(
                        topic.name(),
                        tick.getPartition(),
                        tick.getAtMicros() / 1000,
                        Integer.toString(tick.getPartition()).getBytes(StandardCharsets.UTF_8),
                        topic.value().serializer().serialize(topic.name(), tick)),
                (metadata, failure) -> {
                    failed.set(failure != null);
                    report(failure);
                });
        return !failed.get();
    }

    private void report(Exception failure) {
        if (health.state() == StageHealth.State.STOPPED) {
            return;
        }
        if (failure != null && health.state() != StageHealth.State.DEGRADED) {
            LOG.warn("A tick was not acknowledged: {}", failure.toString());
        }
        health = failure == null
                ? StageHealth.of(StageHealth.State.RUNNING)
                : new StageHealth(StageHealth.State.DEGRADED, "ticks are not acknowledged: " + failure);
    }

    @Override
    public StageHealth health() {
        return health;
    }

    @Override
    public synchronized void close() {
        health = StageHealth.of(StageHealth.State.STOPPED);
        if (timer != null) {
            timer.shutdownNow();
        }
        if (producer != null) {
            try {
                producer.close(Duration.ofSeconds(2));
            } catch (RuntimeException e) {
                LOG.warn("Closing the producer of ticks failed", e);
            }
        }
    }
}
