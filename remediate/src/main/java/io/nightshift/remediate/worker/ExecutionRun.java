package io.nightshift.remediate.worker;

import io.nightshift.events.ActionStatus;
import io.nightshift.events.JournalPhase;
import io.nightshift.events.ProbeResult;
import io.nightshift.remediate.domain.ActionEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One execution from where its journal stands to its end. Batches of steps, the canary first; after each all must be well
 * again, and nothing worse than before. When a step fails or something got worse, what was done is taken back in reverse.
 *
 * <pre>
 *   batch ──▶ well again? ──▶ pause, watched ──▶ next batch ──▶ … ──▶ SUCCEEDED
 *     │           │                 │
 *     ▼           ▼                 ▼
 *   failed      no: stop          worse: stop ──▶ UNDOING ──▶ no worse than before? ──▶ ROLLED_BACK
 *     │                                             │                │
 *     └─▶ (nothing to take back) FAILED             ▼                ▼
 *                                                 FAILED           FAILED
 * </pre>
 */
final class ExecutionRun {

    private final Run run;
    private final Watch watch;
    private final StepRun steps;

    ExecutionRun(Run run) {
        this.run = run;
        this.watch = new Watch(run);
        this.steps = new StepRun(run, watch);
    }

    List<ProducerRecord<byte[], byte[]>> run() throws InterruptedException {
        if (run.execution().getCompensation()) {
            return takeBack("it is to be taken back");
        }
        if (run.isUndoing()) {
            return takeBack("it had begun to be taken back");
        }
        Optional<String> failure = forward();
        if (failure.isEmpty()) {
            return finish(
                    ActionStatus.SUCCEEDED,
                    List.of(),
                    ActionEvents.name(run.plan().getAction()) + " of "
                            + run.service().id() + " is done.");
        }
        return run.toUndo().isEmpty()
                ? finish(ActionStatus.FAILED, List.of(), failure.get() + kept())
                : takeBack(failure.get());
    }

    private Optional<String> forward() throws InterruptedException {
        List<List<Step>> batches = batches();
        for (int i = 0; i < batches.size(); i++) {
            for (Step step : batches.get(i)) {
                Optional<String> failure = steps.advance(step);
                if (failure.isPresent()) {
                    return failure;
                }
            }
            boolean isNextBegun = i + 1 < batches.size() && isBegun(batches.get(i + 1));
            Optional<String> trouble = isNextBegun ? Optional.empty() : after(batches.get(i), i + 1 < batches.size());
            if (trouble.isPresent()) {
                return trouble;
            }
        }
        return Optional.empty();
    }

    /** The next batch waits until all is well, and for the pause; a worsening ends the run. */
    private Optional<String> after(List<Step> batch, boolean isNext) throws InterruptedException {
        Optional<String> trouble = watch.settled(batch);
        int pause = batch.stream()
                .mapToInt(step -> step.planned().getPauseSeconds())
                .max()
                .orElse(0);
        return trouble.isPresent() || !isNext || pause == 0 ? trouble : watch.during(Duration.ofSeconds(pause));
    }

    private List<List<Step>> batches() throws InterruptedException {
        if (!run.plan().getPlaybook().isEmpty() || run.steps().size() < 2) {
            return Batches.planned(run.steps());
        }
        Map<String, List<ProbeResult>> seen = watch.readings();
        return Batches.sickFirst(
                run.steps(), step -> !run.past(step).isEmpty(), step -> Health.isHealthy(seen.get(step.subject())));
    }

    private boolean isBegun(List<Step> batch) {
        return batch.stream().anyMatch(step -> !run.past(step).isEmpty());
    }

    /** Takes back what was done, the last first, and looks whether all is no worse than before the run. */
    private List<ProducerRecord<byte[], byte[]>> takeBack(String why) throws InterruptedException {
        List<Step> undo = run.toUndo();
        if (!undo.isEmpty() && !run.execution().getCompensation() && !run.isUndoing()) {
            steps.planUndo(undo.get(0), undoing(why, undo));
        }
        for (Step step : undo) {
            steps.awaitEnd(new Step(step.number(), step.planned(), false));
            Optional<String> failure = steps.advance(step);
            if (failure.isPresent()) {
                return finish(
                        ActionStatus.FAILED,
                        watch.everything(),
                        "The undo stopped at the " + step.inWords() + ": " + failure.get() + midState(undo));
            }
        }
        Optional<String> worse = watch.settledAsBefore();
        List<ProbeResult> probes = watch.everything();
        return worse.isPresent()
                ? finish(ActionStatus.FAILED, probes, "What was done is taken back, but " + worse.get())
                : finish(ActionStatus.ROLLED_BACK, probes, rolledBack(undo));
    }

    private String undoing(String why, List<Step> undo) {
        return ActionEvents.name(run.plan().getAction()) + " of "
                + run.service().id() + " is taken back by " + words(undo) + ": " + why + kept();
    }

    private String rolledBack(List<Step> undo) {
        String done = undo.isEmpty() ? "There was nothing to take back" : "Taken back by " + words(undo);
        return done + "; no probe that passed before it fails." + kept();
    }

    /** Steps that were done and stay so, because there is nothing to take back. */
    private String kept() {
        List<Step> kept = run.steps().stream()
                .filter(step -> !step.isUndoable() && run.isTouched(step))
                .toList();
        return kept.isEmpty() ? "" : " Left as it is, having no undo: " + words(kept) + ".";
    }

    private String midState(List<Step> undo) {
        List<Step> left = undo.stream()
                .filter(step -> run.phase(step)
                        .filter(phase -> phase == JournalPhase.SUCCEEDED)
                        .isEmpty())
                .toList();
        return " Left in mid-state, without its " + words(left) + "." + kept();
    }

    private static String words(List<Step> steps) {
        return steps.stream().map(Step::inWords).collect(Collectors.joining(", "));
    }

    private List<ProducerRecord<byte[], byte[]>> finish(
            ActionStatus status, List<ProbeResult> probes, String sentence) {
        run.tools().failpoints().hit(Failpoints.BEFORE_FINISH);
        return List.of(run.event(status, probes, sentence));
    }
}
