package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** So many actions an hour in one environment and no more. */
public final class HourlyCap implements Guard {

    @Override
    public String id() {
        return "hourly-cap";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        Instant since = situation.now().minus(Duration.ofHours(1));
        long admitted = situation.others().stream()
                .filter(other ->
                        other.getAdmittedAt() != null && other.getAdmittedAt().isAfter(since))
                .count();
        return admitted >= situation.settings().perEnvironmentPerHour()
                ? Objection.notNow(id(), admitted + " actions were admitted in the environment within the hour")
                : Objection.none();
    }
}
