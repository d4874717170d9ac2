package io.nightshift.remediate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Decision;
import io.nightshift.events.Engine;
import io.nightshift.events.Reversibility;
import java.util.List;

/** The operator's policy: default deny, forbid wins. Its answer names the rules that decided. */
public interface PolicyJudge {

    Answer judge(Question question);

    /** SHA-256, hex, of the policy in force. */
    String version();

    /**
     * What a policy may look at.
     *
     * @param confidence 0 to 1
     * @param isProtected whether the target holds data or carries Nightshift
     * @param instances how many instances are acted on
     */
    record Question(
            String environment,
            String service,
            ActionKind action,
            CauseClass causeClass,
            Reversibility reversibility,
            Engine engine,
            int level,
            double confidence,
            boolean isProtected,
            boolean fenced,
            int instances) {}

    /**
     * @param decision ALLOW to act, ASK a person, or DENY
     * @param rules ids of the deciding rules; empty when nothing permitted it
     * @param version version of the policy that answered
     */
    record Answer(Decision decision, List<String> rules, String version) {

        public Answer {
            rules = List.copyOf(rules);
        }
    }
}
