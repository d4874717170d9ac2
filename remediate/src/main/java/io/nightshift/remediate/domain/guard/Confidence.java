package io.nightshift.remediate.domain.guard;

import io.nightshift.remediate.domain.Guard;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.Situation;
import java.util.Optional;

/** Too unsure to act alone, or even to ask. */
public final class Confidence implements Guard {

    @Override
    public String id() {
        return "confidence";
    }

    @Override
    public Optional<Objection> judge(Situation situation) {
        double confidence = situation.confidence();
        // A comparison that NaN does not pass.
        if (!(confidence >= situation.settings().confidenceToAsk())) {
            return Objection.deny(id(), "confidence " + confidence + " is too low even to ask");
        }
        if (!(confidence >= situation.settings().confidenceToAct())) {
            return Objection.ask(
                    id(),
                    "confidence " + confidence + " is below "
                            + situation.settings().confidenceToAct());
        }
        return Objection.none();
    }
}
