package io.nightshift.oversee.console;

import io.nightshift.events.ControlKind;
import io.nightshift.events.HaltMode;
import io.nightshift.oversee.people.Controls;
import io.nightshift.schemas.Question;
import java.time.Duration;
import java.util.Map;

/** Signs decisions and writes them to Kafka. */
final class SignedDecisions implements Decisions {

    private static final Duration COUNTS_FOR = Duration.ofMinutes(15);
    private static final String CHANNEL = "console";

    private final Controls controls;

    SignedDecisions(Controls controls) {
        this.controls = controls;
    }

    @Override
    public void decide(ControlKind kind, String actionId, String planHash, String actor, String reason) {
        controls.write(new Controls.Decision(kind, actionId, planHash, actor, reason, COUNTS_FOR, Map.of(), CHANNEL));
    }

    @Override
    public void halt(HaltMode mode, String actor, String reason) {
        controls.write(mode, actor, reason, CHANNEL);
    }

    @Override
    public void ask(String subject, Question question, String actor) {
        controls.write(new Controls.Decision(
                ControlKind.INVESTIGATE, subject, null, actor, "", null, question.arguments(), CHANNEL));
    }

    @Override
    public boolean haltFileSet() {
        return controls.haltFileSet();
    }
}
