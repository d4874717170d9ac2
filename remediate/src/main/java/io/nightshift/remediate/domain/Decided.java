package io.nightshift.remediate.domain;

import io.nightshift.events.Decision;
import io.nightshift.events.Verdict;
import java.time.Instant;
import java.util.List;

/**
 * What admission decided and why. Only {@link #allow}, {@link #ask} and {@link #deny} make one.
 */
public final class Decided {

    private final Decision decision;
    private final List<String> rules;
    private final List<String> reasons;
    private final boolean passing;

    private Decided(Decision decision, List<String> rules, List<String> reasons, boolean passing) {
        this.decision = decision;
        this.rules = List.copyOf(rules);
        this.reasons = List.copyOf(reasons);
        this.passing = passing;
    }

    public static Decided allow(List<String> rules, List<String> reasons) {
        return new Decided(Decision.ALLOW, rules, reasons, false);
    }

    public static Decided ask(List<String> rules, List<String> reasons) {
        return new Decided(Decision.ASK, rules, reasons, false);
    }

    public static Decided deny(List<String> rules, List<String> reasons) {
        return new Decided(Decision.DENY, rules, reasons, false);
    }

    /** Denied, but by nothing that time alone may not lift. */
    public static Decided denyForNow(List<String> rules, List<String> reasons) {
        return new Decided(Decision.DENY, rules, reasons, true);
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

    public Verdict verdict(String policyVersion, int level, List<String> approvals, Instant at) {
        return Verdict.newBuilder()
                .setDecision(decision)
                .setRules(rules)
                .setReasons(reasons)
                .setPolicyVersion(policyVersion)
                .setLevel(level)
                .setApprovals(approvals)
                .setAt(at)
                .build();
    }
}
