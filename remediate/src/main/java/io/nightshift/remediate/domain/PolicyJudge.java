package io.nightshift.remediate.domain;

import io.nightshift.events.Decision;
import java.util.List;

/** The operator's policy: default deny, forbid wins. Its answer names the rules that decided. */
public interface PolicyJudge {

    Answer judge(PolicyQuestion question);

    /** SHA-256, hex, of the policy's text. */
    String version();

    /**
     * @param decision ALLOW to act, ASK a person, or DENY
     * @param rules ids of the deciding rules; empty when nothing permitted it
     * @param version version of the policy that answered
     * @param quorum people that the deciding rules want at least, from 1, by {@code @quorum}
     * @param fourEyes whether a deciding rule wants none of those people to have asked for it, by {@code @four_eyes}
     */
    record Answer(Decision decision, List<String> rules, String version, int quorum, boolean fourEyes) {

        public Answer {
            rules = List.copyOf(rules);
        }

        /** With one person where a person is asked, whoever it is. */
        public Answer(Decision decision, List<String> rules, String version) {
            this(decision, rules, version, 1, false);
        }
    }
}
