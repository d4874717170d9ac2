package io.nightshift.learn.domain;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionMoment;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.ActionTrace;
import io.nightshift.events.ProbeResult;
import io.nightshift.events.StepResult;
import io.nightshift.events.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What learn keeps of an incident's actions, and what can be read from it. */
final class Traces {

    private static final int MOST_ACTIONS = 32;
    private static final int MOST_MOMENTS = 64;
    private static final int MOST_PASSED = 32;
    private static final int MOST_WORSE = 8;
    private static final int MOST_FAILURES = 4;
    private static final int TEXT_CHARS = 200;
    private static final Set<ActionStatus> TOUCHED = EnumSet.of(
            ActionStatus.STARTED,
            ActionStatus.IN_DOUBT,
            ActionStatus.SUCCEEDED,
            ActionStatus.RECOVERED,
            ActionStatus.NOT_RECOVERED,
            ActionStatus.UNDOING,
            ActionStatus.ROLLED_BACK);

    private Traces() {}

    /** These actions after one more event; the same event twice changes nothing. */
    static List<ActionTrace> with(List<ActionTrace> traces, ActionEvent event) {
        List<ActionTrace> result = new ArrayList<>(traces);
        for (int i = 0; i < result.size(); i++) {
            if (result.get(i).getActionId().equals(event.getActionId())) {
                result.set(i, with(result.get(i), event));
                return result;
            }
        }
        if (result.size() < MOST_ACTIONS) {
            result.add(with(begun(event), event));
        }
        return result;
    }

    /** When it first touched its target, as far as its events tell. */
    static Optional<Instant> startedAt(ActionTrace trace) {
        return trace.getMoments().stream()
                .filter(moment -> TOUCHED.contains(moment.getStatus()))
                .map(ActionMoment::getAt)
                .findFirst();
    }

    static Optional<Instant> last(ActionTrace trace, ActionStatus status) {
        return trace.getMoments().stream()
                .filter(moment -> moment.getStatus() == status)
                .map(ActionMoment::getAt)
                .reduce((earlier, later) -> later);
    }

    /** Whether policy alone let it through. */
    static boolean isAutomatic(ActionTrace trace) {
        return trace.getApprovals().isEmpty() && startedAt(trace).isPresent();
    }

    private static ActionTrace begun(ActionEvent event) {
        return ActionTrace.newBuilder()
                .setActionId(event.getActionId())
                .setService(event.getService())
                .setAction(event.getAction())
                .setFingerprint(event.getFingerprint())
                .setCauseClass(event.getCauseClass())
                .build();
    }

    private static ActionTrace with(ActionTrace trace, ActionEvent event) {
        ActionTrace.Builder next = ActionTrace.newBuilder(trace)
                .setMoments(moments(trace, event))
                .setShadow(trace.getShadow() || event.getShadow())
                .setFailures(failures(trace, event));
        if (event.getPlan() != null) {
            next.setPlaybook(event.getPlan().getPlaybook());
        }
        if (event.getRecoverySeconds() != null) {
            next.setRecoverySeconds(event.getRecoverySeconds());
        }
        Verdict verdict = event.getVerdict();
        if (verdict != null) {
            next.setRules(verdict.getRules())
                    .setPolicyVersion(verdict.getPolicyVersion())
                    .setApprovals(verdict.getApprovals());
        }
        return probed(next, trace, event).build();
    }

    private static List<ActionMoment> moments(ActionTrace trace, ActionEvent event) {
        ActionMoment moment = new ActionMoment(event.getStatus(), event.getAt());
        if (trace.getMoments().contains(moment) || trace.getMoments().size() >= MOST_MOMENTS) {
            return trace.getMoments();
        }
        List<ActionMoment> moments = new ArrayList<>(trace.getMoments());
        moments.add(moment);
        moments.sort(Comparator.comparing(ActionMoment::getAt).thenComparing(ActionMoment::getStatus));
        return turns(moments);
    }

    /** The same status told again says something else of the action than how it fares, such as what people think of it. */
    private static List<ActionMoment> turns(List<ActionMoment> sorted) {
        List<ActionMoment> turns = new ArrayList<>();
        for (ActionMoment moment : sorted) {
            if (turns.isEmpty() || turns.get(turns.size() - 1).getStatus() != moment.getStatus()) {
                turns.add(moment);
            }
        }
        return turns;
    }

    private static List<String> failures(ActionTrace trace, ActionEvent event) {
        Stream<String> now = event.getSteps().stream()
                .filter(step -> step.getStatus() == ActionStatus.FAILED)
                .map(Traces::failure);
        return union(trace.getFailures(), now, MOST_FAILURES);
    }

    private static String failure(StepResult step) {
        return Dossiers.cut(step.getInstance() + ": " + step.getMessage(), TEXT_CHARS);
    }

    private static ActionTrace.Builder probed(ActionTrace.Builder next, ActionTrace trace, ActionEvent event) {
        List<String> worse = event.getProbes().stream()
                .filter(probe -> !probe.getPassed())
                .map(Traces::name)
                .filter(trace.getPassed()::contains)
                .toList();
        Stream<String> passed =
                event.getProbes().stream().filter(ProbeResult::getPassed).map(Traces::name);
        return next.setPassed(union(trace.getPassed(), passed, MOST_PASSED))
                .setWorse(union(trace.getWorse(), worse.stream(), MOST_WORSE));
    }

    private static String name(ProbeResult probe) {
        return Dossiers.cut(probe.getProbe() + " of " + probe.getSubject(), TEXT_CHARS);
    }

    private static List<String> union(Collection<String> known, Stream<String> further, int most) {
        return Stream.concat(known.stream(), further).distinct().limit(most).toList();
    }
}
