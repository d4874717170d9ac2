package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;

/**
 * A proposal that the investigation itself wants a person to let through, such as a model's cause that the deterministic
 * ranker does not have among its first three: no policy and no level lets it through alone.
 */
public final class PersonOnly implements Guard {

    @Override
    public String id() {
        return "person-only";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        String why = situation.investigation().getProposal().getPersonOnly();
        return why.isEmpty() ? Objection.none() : Objection.ask(id(), "a person has to let it through: " + why);
    }
}
