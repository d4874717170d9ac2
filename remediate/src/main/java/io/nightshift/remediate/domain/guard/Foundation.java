package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;
import java.util.Set;

/**
 * Nightshift never acts on what it stands on: its Kafka, its registry, and what else is declared, such as the identity provider,
 * DNS and its own nodes. Whoever saws there may not be able to put it right.
 */
public final class Foundation implements Guard {

    @Override
    public String id() {
        return "foundation";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        Set<String> foundations = situation.settings().foundations();
        String service = situation.service().id();
        boolean carries = foundations.contains(service)
                || situation.service().addresses().stream().anyMatch(foundations::contains);
        return carries
                ? Objection.deny(id(), "Nightshift stands on " + service + " and never acts on it: a person must")
                : Objection.none();
    }
}
