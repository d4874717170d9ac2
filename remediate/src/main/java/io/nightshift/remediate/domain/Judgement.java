package io.nightshift.remediate.domain;

import io.nightshift.events.Decision;
import io.nightshift.events.Reversibility;
import java.util.ArrayList;
import java.util.List;

/** Guards and policy together: the strictest word counts, and the verdict names everyone who spoke it. */
public final class Judgement {

    private final List<Guard> guards;

    public Judgement(List<Guard> guards) {
        this.guards = List.copyOf(guards);
    }

    /** The decision on a plan that nobody approved. */
    public Decided decide(Situation situation) {
        List<Objection> objections = new ArrayList<>();
        for (Guard guard : guards) {
            guard.judge(situation).ifPresent(objections::add);
        }
        PolicyJudge.Answer answer = situation.policy().judge(PolicyQuestion.of(situation));
        if (answer.decision() != Decision.ALLOW && answer.decision() != Decision.ASK) {
            objections.add(new Objection(
                    answer.rules().isEmpty() ? "policy:default-deny" : "policy:" + String.join(",", answer.rules()),
                    Decision.DENY,
                    answer.rules().isEmpty() ? "no policy permits it" : "policy forbids it",
                    false));
        } else if (answer.decision() == Decision.ASK) {
            objections.add(new Objection(
                    "policy:" + String.join(",", answer.rules()), Decision.ASK, "policy lets a person decide", false));
        }
        return combine(objections, answer, situation.plan().getReversibility());
    }

    /** How many people an effect takes at least. */
    public static int approvalsNeeded(Reversibility reversibility) {
        return switch (reversibility) {
            case UNDOABLE, SELF_RESTORING, COMPENSABLE -> 1;
            default -> 2;
        };
    }

    private static Decided combine(List<Objection> objections, PolicyJudge.Answer answer, Reversibility reversibility) {
        List<Objection> denials =
                objections.stream().filter(o -> o.decision() == Decision.DENY).toList();
        if (!denials.isEmpty()) {
            boolean passing = denials.stream().allMatch(Objection::passing);
            return passing
                    ? Decided.denyForNow(ids(denials), reasons(denials))
                    : Decided.deny(ids(denials), reasons(denials));
        }
        if (!objections.isEmpty()) {
            int people = Math.max(approvalsNeeded(reversibility), answer.quorum());
            return Decided.ask(
                    ids(objections),
                    reasons(objections),
                    people,
                    answer.fourEyes() || approvalsNeeded(reversibility) > 1);
        }
        List<String> rules =
                answer.rules().stream().map(rule -> "policy:" + rule).toList();
        return Decided.allow(rules, List.of("policy permits it and no guard objects"));
    }

    private static List<String> ids(List<Objection> objections) {
        return objections.stream().map(Objection::guard).toList();
    }

    private static List<String> reasons(List<Objection> objections) {
        return objections.stream().map(Objection::reason).toList();
    }
}
