package io.nightshift.remediate.worker;

import io.nightshift.events.ActionStatus;
import io.nightshift.events.JournalEntry;
import io.nightshift.events.JournalPhase;
import io.nightshift.events.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the journal says of the steps, for everyone to read. */
final class StepResults {

    private StepResults() {}

    /** Of each step that was begun. */
    static List<StepResult> of(List<Step> steps, Function<Step, List<Journal.Placed>> journal) {
        List<StepResult> results = new ArrayList<>();
        for (Step step : steps) {
            List<Journal.Placed> past = journal.apply(step);
            if (past.stream().anyMatch(placed -> placed.entry().getPhase() == JournalPhase.STARTED)) {
                results.add(result(
                        step, lastStarted(past), past.get(past.size() - 1).entry()));
            }
        }
        return results;
    }

    static JournalEntry lastStarted(List<Journal.Placed> past) {
        return past.stream()
                .map(Journal.Placed::entry)
                .filter(entry -> entry.getPhase() == JournalPhase.STARTED)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static StepResult result(Step step, JournalEntry started, JournalEntry last) {
        return StepResult.newBuilder()
                .setName(step.planned().getName())
                .setAction(step.action())
                .setUndo(step.isUndo())
                .setInstance(step.subject())
                .setStatus(status(last.getPhase()))
                .setStateBefore(started.getStateToken().strip())
                .setStateAfter(last == started ? "" : last.getStateToken().strip())
                .setStartedAt(started.getAt())
                .setFinishedAt(last.getAt())
                .setMessage(last.getMessage())
                .build();
    }

    private static ActionStatus status(JournalPhase phase) {
        return switch (phase) {
            case SUCCEEDED -> ActionStatus.SUCCEEDED;
            case STARTED -> ActionStatus.STARTED;
            case IN_DOUBT -> ActionStatus.IN_DOUBT;
            default -> ActionStatus.FAILED;
        };
    }
}
