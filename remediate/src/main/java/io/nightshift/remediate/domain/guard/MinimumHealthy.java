package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;

/** While one instance is acted on, as many as declared must stay. */
public final class MinimumHealthy implements Guard {

    @Override
    public String id() {
        return "minimum-healthy";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        int left = situation.service().instances().size() - 1;
        return left < situation.service().minHealthy()
                ? Objection.deny(
                        id(),
                        "only " + left + " instances would be left while one is acted on; "
                                + situation.service().minHealthy() + " are the declared minimum")
                : Objection.none();
    }
}
