package io.nightshift.remediate.worker;

import io.nightshift.events.ControlRecord;
import io.nightshift.remediate.domain.Locks;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.signing.TrustedKeys;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Whether a person locked a target, asked before each effect: the controls topic read to its present end. What was allowed
 * before the lock was set must not be done after it. What can't be read means locked, for as long as it can't.
 */
final class LockWatch implements AutoCloseable, PresentEnd.Listener<ControlRecord> {

    private final PresentEnd<ControlRecord> topic;
    private final TrustedKeys keys;
    private Locks locks;

    /** @param consumers makes a consumer with the settings of {@link PresentEnd} */
    LockWatch(Topic<String, ControlRecord> topic, Supplier<Consumer<byte[], byte[]>> consumers, TrustedKeys keys) {
        this.topic = new PresentEnd<>(topic, consumers, this);
        this.keys = keys;
        this.locks = new Locks(keys);
    }

    /** Connects ahead of time, with more patience than a check has. A failure shows at the check. */
    synchronized void warmUp() {
        topic.read(HaltSwitch.FIRST_LIMIT);
    }

    /** Whether something may be done to this target now. */
    synchronized Look look(String target, Instant now) {
        Optional<String> fault = topic.read(HaltSwitch.LIMIT);
        if (fault.isPresent()) {
            return Look.unreadable(fault.get());
        }
        return locks.on(target, now)
                .map(lock -> Look.stop("hands off until " + lock.until() + ": " + lock.reason()))
                .orElse(Look.FREE);
    }

    @Override
    public void begin() {
        locks = new Locks(keys);
    }

    /** What nobody can decode is nobody's word, here as at admission. */
    @Override
    public void hear(ControlRecord record, Instant at) {
        if (record != null) {
            locks.hear(record, at);
        }
    }

    @Override
    public synchronized void close() {
        topic.close();
    }
}
