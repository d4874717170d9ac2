package io.nightshift.oversee.console;

import io.nightshift.events.ControlKind;
import io.nightshift.events.HaltMode;
import io.nightshift.schemas.Question;

/** How a person's decisions leave the console. Each returns once the decision counts, or throws. */
public interface Decisions {

    /** Approves or denies exactly this plan. */
    void decide(ControlKind kind, String actionId, String planHash, String actor, String reason);

    void halt(HaltMode mode, String actor, String reason);

    /** Asks the investigator; the answer comes as a record. */
    void ask(String subject, Question question, String actor);

    /** Whether the out-of-band halt file is set. */
    boolean haltFileSet();
}
