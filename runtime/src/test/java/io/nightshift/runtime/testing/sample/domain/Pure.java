package io.nightshift.runtime.testing.sample.domain;

import io.nightshift.events.EntityRef;
import java.time.Instant;

/** Keeps the rules, with a generated record and a time that is given. */
final class Pure {

    private Pure() {}

    static Instant later(Instant now) {
        return now.plusSeconds(1);
    }

    static String service(EntityRef entity) {
        return entity.getService();
    }
}
