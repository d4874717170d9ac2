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
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Whether everything is halted, asked before each effect: the halt topic read to its present end, and the halt file beside it.
 * What can't be read within the limit means halted, for as long as it can't. A record that nobody can decode counts as a
 * freeze, and only a later resume lifts it.
 */
final class HaltSwitch implements AutoCloseable, PresentEnd.Listener<HaltRecord> {

    static final Duration LIMIT = Duration.ofMillis(500);
    static final Duration FIRST_LIMIT = Duration.ofSeconds(10);

    private final PresentEnd<HaltRecord> topic;
    private final TrustedKeys keys;
    private final Set<Path> files;
    private HaltMode mode = HaltMode.RESUME;
    private Instant resumedAt = Instant.EPOCH;
    private String reason = "";

    /**
     * @param consumers makes a consumer with the settings of {@link PresentEnd}
     * @param files while one of them exists, or can't be told not to, everything is halted
     */
    HaltSwitch(
            Topic<String, HaltRecord> topic,
            Supplier<Consumer<byte[], byte[]>> consumers,
            TrustedKeys keys,
            Set<Path> files) {
        this.topic = new PresentEnd<>(topic, consumers, this);
        this.keys = keys;
        this.files = Set.copyOf(files);
    }

    /** Connects ahead of time, with more patience than a check has. A failure shows at the check. */
    synchronized void warmUp() {
        topic.read(FIRST_LIMIT);
    }

    /**
     * Whether something may be done now.
     *
     * @param compensation whether what is to be done is a declared compensation, which only a freeze stops
     */
    synchronized Look look(boolean compensation) {
        for (Path file : files) {
            if (!Files.notExists(file)) {
                return Look.stop("the halt file " + file.getFileName() + " is there");
            }
        }
        Optional<String> fault = topic.read(LIMIT);
        if (fault.isPresent()) {
            return Look.unreadable(fault.get());
        }
        boolean stops = mode != HaltMode.RESUME && !(compensation && mode == HaltMode.HALT);
        return stops ? Look.stop("halted: " + reason) : Look.FREE;
    }

    @Override
    public void begin() {
        mode = HaltMode.RESUME;
        resumedAt = Instant.EPOCH;
    }

    @Override
    public void hear(HaltRecord record, Instant at) {
        if (record == null) {
            mode = HaltMode.FREEZE;
            reason = "a halt record could not be read";
        } else if (record.getMode() != HaltMode.RESUME) {
            // A halt lifts no freeze: it may come from anybody, and only a person's resume widens.
            mode = record.getMode() == HaltMode.HALT && mode != HaltMode.FREEZE ? HaltMode.HALT : HaltMode.FREEZE;
            reason = record.getReason().isEmpty() ? "by " + record.getActor() : record.getReason();
        } else if (ControlSignature.verify(record, keys)
                && keys.isPerson(record.getKeyId())
                && record.getAt().isAfter(resumedAt)) { // A copy of an earlier resume lifts no later halt.
            mode = HaltMode.RESUME;
            resumedAt = record.getAt();
        }
    }

    @Override
    public synchronized void close() {
        topic.close();
    }
}
