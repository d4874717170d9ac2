package io.nightshift.learn.domain;

import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ChangeKind;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A new release of a service. It comes as telemetry, which strangers can write; it can only take trust away.
 *
 * @param service environment/namespace/service
 */
public record Release(String service, Instant at) {

    /** Empty for every other change: a rollback returns to a release that is known. */
    public static Optional<Release> of(ChangeEvent change) {
        return change.getKind() == ChangeKind.DEPLOYMENT
                ? Optional.of(new Release(
                        ServiceKey.of(change.getService()).toString(),
                        Instant.EPOCH.plus(change.getTimeMicros(), ChronoUnit.MICROS)))
                : Optional.empty();
    }
}
