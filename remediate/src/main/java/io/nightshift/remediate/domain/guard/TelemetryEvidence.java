package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;

/** The proposal must rest on a hypothesis of the same service and cause that cites evidence. */
public final class TelemetryEvidence implements Guard {

    @Override
    public String id() {
        return "telemetry-evidence";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        boolean cited = situation.hypothesis().stream()
                .flatMap(hypothesis -> hypothesis.getEvidenceFor().stream())
                .anyMatch(claim -> !claim.getEvidenceIds().isEmpty());
        return cited
                ? Objection.none()
                : Objection.deny(id(), "no hypothesis with evidence names this service and cause");
    }
}
