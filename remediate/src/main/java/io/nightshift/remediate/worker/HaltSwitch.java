package io.nightshift.remediate.worker;

import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.TrustedKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether everything is halted, asked before each effect: the halt topic read to its present end, uncommitted records
 * too, so that an open transaction elsewhere hides nothing; and the halt file beside it. What can't be read within the
 * limit means halted.
 */
public final class HaltSwitch implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMillis(500);
    private static final Duration FIRST_LIMIT = Duration.ofSeconds(10);

    private final Topic<String, HaltRecord> topic;
    private final TopicPartition partition;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final TrustedKeys keys;
    private final Set<Path> files;
    private Consumer<byte[], byte[]> consumer;
    private HaltMode mode = HaltMode.RESUME;
    private Instant resumedAt = Instant.EPOCH;
    private String reason = "";

    /**
     * @param consumers makes a consumer that reads uncommitted and belongs to no group
     * @param files while one of them exists, or can't be told not to, everything is halted
     */
    public HaltSwitch(
            Topic<String, HaltRecord> topic,
            Supplier<Consumer<byte[], byte[]>> consumers,
            TrustedKeys keys,
            Set<Path> files) {
        this.topic = topic;
        this.partition = new TopicPartition(topic.name(), 0);
        this.consumers = consumers;
        this.keys = keys;
        this.files = Set.copyOf(files);
    }

    /**
     * What a look at the switch says.
     *
     * @param reason why nothing may be done; null when something may
     * @param unreadable whether that is only because the switch could not be read
     */
    public record Look(String reason, boolean unreadable) {

        private static final Look FREE = new Look(null, false);

        public boolean isHalted() {
            return reason != null;
        }
    }

    /** Connects ahead of time, with more patience than a check has. A failure shows at the check. */
    public synchronized void warmUp() {
        read(FIRST_LIMIT);
    }

    /**
     * Whether something may be done now.
     *
     * @param compensation whether what is to be done is a declared compensation, which only a freeze stops
     */
    public synchronized Look look(boolean compensation) {
        for (Path file : files) {
            if (!Files.notExists(file)) {
                return new Look("the halt file " + file.getFileName() + " is there", false);
            }
        }
        Optional<String> fault = read(LIMIT);
        if (fault.isPresent()) {
            return new Look(fault.get(), true);
        }
        boolean stops = mode != HaltMode.RESUME && !(compensation && mode == HaltMode.HALT);
        return stops ? new Look("halted: " + reason, false) : Look.FREE;
    }

    private Optional<String> read(Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        try {
            if (consumer == null) {
                consumer = consumers.get();
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
            }
            long end = consumer.endOffsets(List.of(partition), limit).get(partition);
            if (consumer.position(partition, left(until)) > end) {
                close();
                return Optional.of("the halt topic got shorter: somebody deleted records of it");
            }
            while (consumer.position(partition, left(until)) < end) {
                if (System.nanoTime() >= until) {
                    return Optional.of("the halt topic could not be read to its end in time");
                }
                consumer.poll(left(until)).forEach(this::apply);
            }
            return Optional.empty();
        } catch (KafkaException | IllegalStateException e) {
            close();
            return Optional.of(
                    "the halt topic could not be read: " + e.getClass().getSimpleName());
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> source) {
        HaltRecord record;
        try {
            record = topic.value().deserializer().deserialize(topic.name(), source.value());
        } catch (RuntimeException e) {
            record = null;
        }
        if (record == null) {
            mode = HaltMode.FREEZE;
            reason = "a halt record could not be read";
        } else if (record.getMode() != HaltMode.RESUME) {
            mode = record.getMode() == HaltMode.HALT ? HaltMode.HALT : HaltMode.FREEZE;
            reason = record.getReason().isEmpty() ? "by " + record.getActor() : record.getReason();
        } else if (ControlSignature.verify(record, keys)
                && keys.isPerson(record.getKeyId())
                && record.getAt().isAfter(resumedAt)) { // A copy of an earlier resume lifts no later halt.
            mode = HaltMode.RESUME;
            resumedAt = record.getAt();
        }
    }

    private static Duration left(long until) {
        return Duration.ofNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(1), until - System.nanoTime()));
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            // The next check begins anew, from the first record on.
            Consumer<byte[], byte[]> old = consumer;
            consumer = null;
            mode = HaltMode.RESUME;
            resumedAt = Instant.EPOCH;
            old.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    /** Settings of the consumer, added to what every client shares. */
    public static Map<String, Object> consumerSettings(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("isolation.level", "read_uncommitted");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "none");
        settings.put("default.api.timeout.ms", 5_000);
        settings.put("request.timeout.ms", 2_000);
        return settings;
    }
}
