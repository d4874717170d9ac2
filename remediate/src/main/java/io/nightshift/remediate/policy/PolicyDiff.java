package io.nightshift.remediate.policy;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Decision;
import io.nightshift.events.Reversibility;
import io.nightshift.remediate.domain.PolicyJudge.Answer;
import io.nightshift.remediate.domain.PolicyQuestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Which questions two policies answer differently, of a grid over what their rules name. */
public final class PolicyDiff {

    /**
     * Questions that were answered one way and are answered another.
     *
     * @param wider whether the new answer lets more happen with fewer people
     * @param levels the levels at which it is so
     * @param confidences in percent
     */
    public record Change(
            String service,
            String serviceClass,
            ActionKind action,
            CauseClass cause,
            boolean isProtected,
            String before,
            String after,
            boolean wider,
            TreeSet<Integer> levels,
            TreeSet<Integer> confidences,
            TreeSet<Reversibility> reversibilities) {}

    private record Place(
            String service,
            String word,
            ActionKind action,
            CauseClass cause,
            boolean isProtected,
            String before,
            String after) {}

    private final int asked;
    private final List<Change> changes;

    private PolicyDiff(int asked, List<Change> changes) {
        this.asked = asked;
        this.changes = List.copyOf(changes);
    }

    /** @throws io.nightshift.remediate.domain.PolicyException when one of them is not sound */
    public static PolicyDiff between(PolicyText before, PolicyText after) {
        CedarPolicy old = before.load();
        CedarPolicy next = after.load();
        List<PolicyQuestion> questions =
                PolicyGrid.over(List.of(before.text(), after.text())).all();
        Map<Place, Change> changes = new LinkedHashMap<>();
        for (PolicyQuestion question : questions) {
            Answer was = old.judge(question);
            Answer is = next.judge(question);
            if (!words(was).equals(words(is))) {
                Change change = changes.computeIfAbsent(place(question, was, is), place -> change(question, was, is));
                change.levels().add(question.level());
                change.confidences().add((int) Math.round(question.confidence() * 100));
                change.reversibilities().add(question.reversibility());
            }
        }
        return new PolicyDiff(questions.size(), new ArrayList<>(changes.values()));
    }

    /** How many questions were put to both. */
    public int asked() {
        return asked;
    }

    public List<Change> changes() {
        return changes;
    }

    public boolean isWider() {
        return changes.stream().anyMatch(Change::wider);
    }

    private static Place place(PolicyQuestion question, Answer was, Answer is) {
        return new Place(
                question.service(),
                question.serviceClass(),
                question.action(),
                question.causeClass(),
                question.isProtected(),
                words(was),
                words(is));
    }

    private static Change change(PolicyQuestion question, Answer was, Answer is) {
        return new Change(
                question.service(),
                question.serviceClass(),
                question.action(),
                question.causeClass(),
                question.isProtected(),
                words(was),
                words(is),
                isWider(was, is),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>());
    }

    private static boolean isWider(Answer was, Answer is) {
        int before = rank(was.decision());
        int after = rank(is.decision());
        return after > before || after == before && (is.quorum() < was.quorum() || was.fourEyes() && !is.fourEyes());
    }

    private static int rank(Decision decision) {
        return switch (decision) {
            case ALLOW -> 2;
            case ASK -> 1;
            default -> 0;
        };
    }

    private static String words(Answer answer) {
        if (answer.decision() != Decision.ASK) {
            return answer.decision().name();
        }
        return "ASK" + (answer.quorum() > 1 ? " " + answer.quorum() : "") + (answer.fourEyes() ? " by four eyes" : "");
    }
}
