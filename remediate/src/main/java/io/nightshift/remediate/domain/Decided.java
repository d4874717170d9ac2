package io.nightshift.remediate.domain;

import io.nightshift.events.Decision;
import io.nightshift.events.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What admission decided and why. Only {@link #allow}, {@link #ask} and {@link #deny} make one.
 */
public final class Decided {

    private final Decision decision;
    private final List<String> rules;
    private final List<String> reasons;
    private final boolean passing;
    private final int people;
    private final boolean fourEyes;

    private Decided(
            Decision decision,
            List<String> rules,
            List<String> reasons,
            boolean passing,
            int people,
            boolean fourEyes) {
        this.decision = decision;
        this.rules = List.copyOf(rules);
        this.reasons = List.copyOf(reasons);
        this.passing = passing;
        this.people = people;
        this.fourEyes = fourEyes;
    }

    public static Decided allow(List<String> rules, List<String> reasons) {
        return new Decided(Decision.ALLOW, rules, reasons, false, 0, false);
    }

    /**
     * @param people how many must say yes, from 1
     * @param fourEyes whether none of them may have asked for it
     */
    public static Decided ask(List<String> rules, List<String> reasons, int people, boolean fourEyes) {
        return new Decided(Decision.ASK, rules, reasons, false, people, fourEyes);
    }

    public static Decided deny(List<String> rules, List<String> reasons) {
        return new Decided(Decision.DENY, rules, reasons, false, 0, false);
    }

    /** Denied, but by nothing that time alone may not lift. */
    public static Decided denyForNow(List<String> rules, List<String> reasons) {
        return new Decided(Decision.DENY, rules, reasons, true, 0, false);
    }

    public Decision decision() {
        return decision;
    }

    public List<String> rules() {
        return rules;
    }

    public List<String> reasons() {
        return reasons;
    }

    /** Whether the same proposal is worth judging again later. */
    public boolean isPassing() {
        return passing;
    }

    /** How many people must say yes; 0 where nobody is asked. */
    public int people() {
        return people;
    }

    /** Whether none of those people may have asked for it. */
    public boolean isFourEyes() {
        return fourEyes;
    }

    /** The same, with a further word. */
    Decided saying(String reason) {
        List<String> further = new ArrayList<>(reasons);
        further.add(reason);
        return new Decided(decision, rules, further, passing, people, fourEyes);
    }

    /** The same, let through because enough people said yes. */
    Decided approved() {
        return allow(rules, reasons);
    }

    public Verdict verdict(String policyVersion, int level, List<String> approvals, Instant at) {
        return Verdict.newBuilder()
                .setDecision(decision)
                .setRules(rules)
                .setReasons(reasons)
                .setPolicyVersion(policyVersion)
                .setLevel(level)
                .setApprovals(approvals)
                .setApprovalsNeeded(people)
                .setAt(at)
                .build();
    }
}
