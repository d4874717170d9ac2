package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Recovery;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;

/** A service whose repair was seen to work needs no further one until something begins there again. */
public final class AlreadyRecovered implements Guard {

    @Override
    public String id() {
        return "already-recovered";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        return Recovery.lasting(
                        situation.plan().getService(), situation.incident(), situation.incidents(), situation.others())
                .flatMap(repair -> Objection.deny(id(), Recovery.inWords(repair)));
    }
}
