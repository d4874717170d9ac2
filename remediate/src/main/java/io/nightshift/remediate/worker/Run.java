package io.nightshift.remediate.worker;

import io.nightshift.events.ActionStatus;
import io.nightshift.events.Execution;
import io.nightshift.events.JournalPhase;
import io.nightshift.events.Plan;
import io.nightshift.events.ProbeResult;
import io.nightshift.events.StepResult;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.TargetSpec;
import io.nightshift.runtime.worker.WorkAbandonedException;
import io.nightshift.runtime.worker.WorkContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What the parts of one run share, and how far its journal says that it is.
 *
 * @param steps in the plan's order
 * @param partition of the journal
 * @param ends when the worker would end the run, whatever it is at
 * @param evidence names under which evidence was kept, so far
 */
record Run(
        Executor.Tools tools,
        Execution execution,
        InventoryService service,
        TargetSpec spec,
        List<Step> steps,
        int partition,
        WorkContext context,
        Instant ends,
        List<String> evidence) {

    Plan plan() {
        return execution.getPlan();
    }

    Instant now() {
        return tools.clock().instant();
    }

    /** Begins nothing new for a partition that is being taken away. */
    void whileWanted() {
        if (!context.isWanted()) {
            throw new WorkAbandonedException("the partition is being taken away");
        }
    }

    /** A refusal of an earlier plan of the same action touched nothing, and says nothing about this plan. */
    List<Journal.Placed> past(Step step) {
        return tools.journal().of(execution.getActionId(), step.number(), step.isUndo()).stream()
                .filter(placed -> placed.entry().getPhase() != JournalPhase.REFUSED
                        || placed.entry().getPlanHash().equals(execution.getPlanHash()))
                .toList();
    }

    /** Whether nothing of it was begun or refused yet. */
    boolean isFresh() {
        return steps.stream().allMatch(step -> past(step).isEmpty());
    }

    boolean isUndoing() {
        return steps.stream().anyMatch(step -> !past(step.undo()).isEmpty());
    }

    Optional<JournalPhase> phase(Step step) {
        List<Journal.Placed> past = past(step);
        return past.isEmpty()
                ? Optional.empty()
                : Optional.of(past.get(past.size() - 1).entry().getPhase());
    }

    /** Whether its effect was begun, however it ended; a refusal touched nothing. */
    boolean isTouched(Step step) {
        return phase(step).filter(phase -> phase != JournalPhase.REFUSED).isPresent();
    }

    /** Whether an effect of this run was begun on the instance. */
    boolean isTouched(String instance) {
        return steps.stream().anyMatch(step -> step.instances().contains(instance) && isTouched(step));
    }

    /** Steps that touched the target and can be taken back, the last first. */
    List<Step> toUndo() {
        return steps.stream()
                .filter(step -> step.isUndoable() && isTouched(step))
                .sorted(Comparator.comparingLong(
                                (Step step) -> past(step).get(0).offset())
                        .reversed())
                .map(Step::undo)
                .toList();
    }

    /** Steps and undos that were begun, the steps first. */
    List<StepResult> results() {
        return StepResults.of(Stream.concat(steps.stream(), toUndo().stream()).toList(), this::past);
    }

    ProducerRecord<byte[], byte[]> event(ActionStatus status, List<ProbeResult> probes, String sentence) {
        return tools.reports().event(execution, status, now(), results(), probes, evidence, sentence);
    }
}
