package io.nightshift.oversee.domain.view;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Plan;
import io.nightshift.events.ProbeResult;
import io.nightshift.events.StepResult;
import io.nightshift.events.Verdict;
import io.nightshift.oversee.domain.view.ActionView.ProbeView;
import io.nightshift.oversee.domain.view.ActionView.StepView;
import io.nightshift.oversee.domain.view.ActionView.VerdictView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the events of actions into one view an action: what was last known of each part, and where it stands. */
final class ActionReading {

    private ActionReading() {}

    /** In the order in which the actions were first heard of. */
    static List<ActionView> of(List<ActionEvent> events) {
        Map<String, List<ActionEvent>> byAction = new LinkedHashMap<>();
        events.forEach(event -> byAction.computeIfAbsent(event.getActionId(), id -> new ArrayList<>())
                .add(event));
        return byAction.values().stream().map(ActionReading::one).toList();
    }

    private static ActionView one(List<ActionEvent> events) {
        ActionEvent last = events.get(events.size() - 1);
        Plan plan = null;
        Verdict verdict = null;
        String planHash = "";
        Double recoverySeconds = null;
        List<StepResult> steps = List.of();
        List<ProbeResult> probes = List.of();
        List<String> kept = List.of();
        for (ActionEvent event : events) {
            plan = event.getPlan() == null ? plan : event.getPlan();
            verdict = event.getVerdict() == null ? verdict : event.getVerdict();
            planHash = event.getPlanHash().isEmpty() ? planHash : event.getPlanHash();
            recoverySeconds = event.getRecoverySeconds() == null ? recoverySeconds : event.getRecoverySeconds();
            steps = event.getSteps().isEmpty() ? steps : event.getSteps();
            probes = event.getProbes().isEmpty() ? probes : event.getProbes();
            kept = event.getEvidenceKept().isEmpty() ? kept : event.getEvidenceKept();
        }
        return new ActionView(
                last.getActionId(),
                last.getIncidentId(),
                Words.of(last.getAction()),
                last.getTarget(),
                plan == null ? List.of() : List.copyOf(plan.getInstances()),
                Words.of(last.getStatus()),
                Standing.tone(last.getStatus()),
                last.getStatus() == ActionStatus.AWAITING_APPROVAL,
                last.getShadow(),
                last.getSentence(),
                last.getAt().toEpochMilli(),
                planHash,
                plan == null ? "" : Words.of(plan.getReversibility()),
                Words.millis(last.getDeadline()),
                recoverySeconds,
                verdict == null ? null : verdict(verdict),
                steps.stream().map(ActionReading::step).toList(),
                probes.stream().map(ActionReading::probe).toList(),
                List.copyOf(kept));
    }

    private static VerdictView verdict(Verdict verdict) {
        return new VerdictView(
                Words.of(verdict.getDecision()),
                List.copyOf(verdict.getRules()),
                List.copyOf(verdict.getReasons()),
                verdict.getPolicyVersion(),
                verdict.getLevel(),
                List.copyOf(verdict.getApprovals()),
                verdict.getAt().toEpochMilli());
    }

    private static StepView step(StepResult step) {
        return new StepView(
                step.getInstance(),
                Words.of(step.getStatus()),
                Words.millis(step.getStartedAt()),
                Words.millis(step.getFinishedAt()),
                step.getStateBefore(),
                step.getStateAfter(),
                step.getMessage());
    }

    private static ProbeView probe(ProbeResult probe) {
        Double value = probe.getValue();
        return new ProbeView(
                probe.getProbe(),
                probe.getSubject(),
                probe.getAt().toEpochMilli(),
                probe.getPassed(),
                value == null || !Double.isFinite(value) ? null : value,
                probe.getUnit(),
                probe.getMessage());
    }
}
