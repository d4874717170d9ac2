package io.nightshift.remediate.worker;

import io.nightshift.events.Decision;
import io.nightshift.events.Execution;
import io.nightshift.events.Trust;
import io.nightshift.remediate.domain.guard.TrustedLevel;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.ServiceClasses;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.trust.TrustKey;
import io.nightshift.schemas.trust.TrustReading;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * Whether an action is still trusted as it was when it was allowed, asked before each effect: the trust topic read to its present
 * end. After a harm elsewhere, what was let through alone is not done alone any more. What can't be read means stop, for as long as
 * it can't; of a record that nobody can decode the one before it stands, as at admission.
 */
final class TrustWatch implements AutoCloseable, PresentEnd.Listener<Trust> {

    private final PresentEnd<Trust> topic;
    private final ServiceClasses classes;
    private final Map<String, Trust> known = new HashMap<>();

    /** @param consumers makes a consumer with the settings of {@link PresentEnd} that reads committed records only */
    TrustWatch(Topic<String, Trust> topic, Supplier<Consumer<byte[], byte[]>> consumers, Inventory inventory) {
        this.topic = new PresentEnd<>(topic, consumers, this);
        this.classes = new ServiceClasses(inventory);
    }

    /** Connects ahead of time, with more patience than a check has. A failure shows at the check. */
    synchronized void warmUp() {
        topic.read(HaltSwitch.FIRST_LIMIT);
    }

    /** Whether this may still be done: alone, or as a person approved it. */
    synchronized Look look(Execution execution, Instant now) {
        Optional<String> fault = topic.read(HaltSwitch.LIMIT);
        if (fault.isPresent()) {
            return Look.unreadable(fault.get());
        }
        boolean approved = !execution.getVerdict().getApprovals().isEmpty();
        String serviceClass = classes.apply(execution.getPlan().getService());
        return Optional.ofNullable(
                        known.get(TrustKey.of(execution.getPlan(), serviceClass).toString()))
                .flatMap(trust -> TrustedLevel.against(execution.getVerdict().getLevel(), TrustReading.of(trust, now)))
                .filter(objection -> objection.decision() == Decision.DENY || !approved)
                .map(objection -> Look.stop("trusted less since it was allowed: " + objection.reason()))
                .orElse(Look.FREE);
    }

    @Override
    public void begin() {
        known.clear();
    }

    @Override
    public void hear(Trust trust, Instant at) {
        if (trust != null) {
            known.put(TrustKey.of(trust).toString(), trust);
        }
    }

    /** What it rested on was unlearned. */
    @Override
    public void takenBack(String key) {
        known.remove(key);
    }

    @Override
    public synchronized void close() {
        topic.close();
    }
}
