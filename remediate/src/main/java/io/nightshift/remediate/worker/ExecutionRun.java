package io.nightshift.remediate.worker;

import io.nightshift.events.ActionStatus;
import io.nightshift.events.Execution;
import io.nightshift.events.JournalEntry;
import io.nightshift.events.JournalPhase;
import io.nightshift.events.ProbeResult;
import io.nightshift.events.StepResult;
import io.nightshift.remediate.domain.ActionEvents;
import io.nightshift.remediate.domain.Planning;
import io.nightshift.remediate.domain.StateTokens;
import io.nightshift.remediate.target.Target;
import io.nightshift.remediate.target.TargetException;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.TargetSpec;
import io.nightshift.runtime.worker.WorkAbandonedException;
import io.nightshift.runtime.worker.WorkContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One execution from where its journal stands to its end.
 *
 * <pre>
 *   (nothing) ──▶ checks ──▶ STARTED committed ──▶ effect ──▶ outcome committed ──▶ well again? ──▶ next step
 *                   │            │ (no outcome: in doubt)                              │
 *                   ▼            ▼                                                     ▼
 *                REFUSED   wait out the deadline, compare state tokens:             FAILED: stop here
 *                          changed ──▶ SUCCEEDED; unchanged ──▶ once more if idempotent; else FAILED
 * </pre>
 */
final class ExecutionRun {

    private static final int ATTEMPTS = 2;
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration DOUBT_MARGIN = Duration.ofSeconds(1);
    private static final Duration READINGS_LAST = Duration.ofSeconds(1);

    private final Executor.Tools tools;
    private final Execution execution;
    private final InventoryService service;
    private final TargetSpec spec;
    private final List<Step> steps;
    private final int partition;
    private final WorkContext context;
    private final Instant runEnds;
    private final List<String> evidence = new ArrayList<>();
    private Map<String, List<ProbeResult>> readings;
    private Instant readAt;

    ExecutionRun(
            Executor.Tools tools,
            Execution execution,
            InventoryService service,
            TargetSpec spec,
            List<Step> steps,
            int partition,
            WorkContext context) {
        this.tools = tools;
        this.execution = execution;
        this.service = service;
        this.spec = spec;
        this.steps = steps;
        this.partition = partition;
        this.context = context;
        this.runEnds = tools.clock().instant().plus(Planning.LONGEST_RUN);
    }

    List<ProducerRecord<byte[], byte[]>> run() throws InterruptedException {
        for (Step step : sickFirst()) {
            Optional<String> failure = advance(step);
            if (failure.isEmpty()) {
                failure = settled(step);
            }
            if (failure.isPresent()) {
                return finish(ActionStatus.FAILED, failure.get());
            }
        }
        return finish(
                ActionStatus.SUCCEEDED,
                ActionEvents.name(execution.getPlan().getAction()) + " of " + service.id() + " is done.");
    }

    /** What was begun goes first, then the sick: a healthy instance is only spared while the others can't stand in. */
    private List<Step> sickFirst() throws InterruptedException {
        if (steps.size() < 2) {
            return steps;
        }
        Map<String, List<ProbeResult>> seen = readings();
        List<Step> ordered = new ArrayList<>(steps);
        ordered.sort(Comparator.comparingInt((Step step) -> past(step).isEmpty() ? 1 : 0)
                .thenComparingInt(step -> Health.isHealthy(seen.get(step.subject())) ? 1 : 0)
                .thenComparingInt(Step::number));
        return ordered;
    }

    /** Probes of every instance, not older than a moment. */
    private Map<String, List<ProbeResult>> readings() throws InterruptedException {
        if (readings == null || readAt.plus(READINGS_LAST).isBefore(now())) {
            Map<String, List<ProbeResult>> fresh = new LinkedHashMap<>();
            for (String instance : service.instances()) {
                fresh.put(instance, tools.health().look(service, instance));
            }
            readings = fresh;
            readAt = now();
        }
        return readings;
    }

    /** A refusal of an earlier plan of the same action touched nothing, and says nothing about this plan. */
    private List<Journal.Placed> past(Step step) {
        return tools.journal().of(execution.getActionId(), step.number()).stream()
                .filter(placed -> placed.entry().getPhase() != JournalPhase.REFUSED
                        || placed.entry().getPlanHash().equals(execution.getPlanHash()))
                .toList();
    }

    /** From where the journal stands to the step's outcome. */
    private Optional<String> advance(Step step) throws InterruptedException {
        List<Journal.Placed> past = past(step);
        if (past.isEmpty()) {
            return act(step);
        }
        JournalEntry last = past.get(past.size() - 1).entry();
        return switch (last.getPhase()) {
            case SUCCEEDED -> Optional.empty();
            case STARTED, IN_DOUBT -> settleDoubt(step, StepResults.lastStarted(past));
            default -> Optional.of(last.getMessage());
        };
    }

    private Optional<String> act(Step step) throws InterruptedException {
        whileWanted();
        Optional<String> refusal = refusal(step);
        if (refusal.isPresent()) {
            return outcome(step, JournalPhase.REFUSED, "Refused at the moment of acting: " + refusal.get() + ".");
        }
        Optional<Target> target = target(step);
        if (target.isEmpty()) {
            return outcome(step, JournalPhase.REFUSED, "The inventory no longer declares this action for the target.");
        }
        String before;
        try {
            Standings standings = Standings.look(target.get(), service, step);
            Optional<String> objection =
                    tools.checks().againstStanding(execution, service, step, standings, readings(), now());
            if (objection.isPresent()) {
                return outcome(step, JournalPhase.REFUSED, "Refused at the moment of acting: " + objection.get() + ".");
            }
            before = standings.tokens();
        } catch (TargetException e) {
            return outcome(step, JournalPhase.REFUSED, "The target's state is not known: " + e.getMessage() + ".");
        }
        tools.failpoints().hit(Failpoints.BEFORE_STARTED);
        Instant deadline = now().plusSeconds(execution.getPlan().getTimeoutSeconds());
        long token = begin(step, before, deadline);
        tools.failpoints().hit(Failpoints.AFTER_STARTED);
        // Once more: the commit took its time, and a halt or a lock in between counts.
        Optional<String> stopped = tools.checks().againstPeople(execution, now());
        if (stopped.isPresent()) {
            return outcome(step, JournalPhase.REFUSED, "Not begun: " + stopped.get() + ".");
        }
        Target.Result result = target.get()
                .perform(new Target.Effect(
                        service.id() + "/" + step.subject(), step.values(execution, service, token), token, deadline));
        tools.failpoints().hit(Failpoints.AFTER_EFFECT);
        readings = null; // What was read before an effect says nothing after it.
        return switch (result.outcome()) {
            case DONE -> outcome(step, JournalPhase.SUCCEEDED, result.message());
            case FAILED, FENCED -> outcome(step, JournalPhase.FAILED, "The effect failed: " + result.message() + ".");
            case UNKNOWN -> settleDoubt(step, StepResults.lastStarted(past(step)));
        };
    }

    private Optional<String> refusal(Step step) throws InterruptedException {
        boolean first = steps.stream().allMatch(each -> past(each).isEmpty());
        Optional<String> early = tools.checks().againstTime(execution, first, now(), runEnds);
        if (early.isPresent()) {
            return early;
        }
        Map<String, List<ProbeResult>> seen = readings();
        List<ProbeResult> kept =
                step.instances().stream().flatMap(i -> seen.get(i).stream()).toList();
        tools.evidence().keep(step.key(execution), kept).ifPresent(evidence::add);
        // People last: nothing that takes time stands between what they say and the intent.
        return tools.checks()
                .againstReadings(execution, service, step, first, seen)
                .or(() -> tools.checks().againstPeople(execution, now()));
    }

    /** Commits the intent. Its offset is the fencing token. */
    private long begin(Step step, String before, Instant deadline) {
        JournalEntry started =
                tools.reports().entry(execution, step, JournalPhase.STARTED, before, now(), deadline, "");
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        records.add(tools.reports().record(started, partition));
        boolean first = steps.stream().allMatch(each -> past(each).isEmpty());
        if (first) {
            String sentence = ActionEvents.name(execution.getPlan().getAction()) + " of " + service.id()
                    + " begins with " + step.subject() + ".";
            records.add(tools.reports().event(execution, ActionStatus.STARTED, now(), List.of(), evidence, sentence));
        }
        long token = context.commit(records).get(0).offset();
        tools.journal().add(started, token);
        return token;
    }

    /** Commits how it ended. Returns the failure, if it is one. */
    private Optional<String> outcome(Step step, JournalPhase phase, String message) {
        JournalEntry entry = tools.reports().entry(execution, step, phase, "", now(), now(), message);
        long offset = context.commitOutcome(List.of(tools.reports().record(entry, partition)))
                .get(0)
                .offset();
        tools.journal().add(entry, offset);
        tools.failpoints().hit(Failpoints.AFTER_OUTCOME);
        return phase == JournalPhase.SUCCEEDED ? Optional.empty() : Optional.of(message);
    }

    private Optional<String> settleDoubt(Step step, JournalEntry started) throws InterruptedException {
        tellDoubt(step);
        Instant over = started.getDeadline().plus(DOUBT_MARGIN);
        while (now().isBefore(over)) {
            whileWanted();
            Thread.sleep(Math.min(
                    LOOK_EVERY.toMillis(),
                    Math.max(1, Duration.between(now(), over).toMillis())));
        }
        StateTokens.Change change;
        try {
            change = StateTokens.compare(
                    started.getStateToken(),
                    Standings.look(target(step).orElseThrow(ExecutionRun::gone), service, step)
                            .tokens());
        } catch (TargetException e) {
            return outcome(
                    step,
                    JournalPhase.FAILED,
                    "It is in doubt, and the target's state is not known: " + e.getMessage() + ".");
        }
        if (change == StateTokens.Change.ALL) {
            return outcome(step, JournalPhase.SUCCEEDED, "It was in doubt; the target's state shows that it happened.");
        }
        long attempts = past(step).stream()
                .filter(placed -> placed.entry().getPhase() == JournalPhase.STARTED)
                .count();
        return execution.getPlan().getIdempotent() && attempts < ATTEMPTS
                ? act(step)
                : outcome(step, JournalPhase.FAILED, "It is in doubt, and trying again is not safe or did not help.");
    }

    /** Says once that the step is in doubt. */
    private void tellDoubt(Step step) {
        boolean told = past(step).stream().anyMatch(placed -> placed.entry().getPhase() == JournalPhase.IN_DOUBT);
        if (told) {
            return;
        }
        String sentence = "Whether " + step.subject() + " was acted on is in doubt; its state will tell.";
        JournalEntry entry = tools.reports().entry(execution, step, JournalPhase.IN_DOUBT, "", now(), now(), sentence);
        long offset = context.commitOutcome(List.of(
                        tools.reports().record(entry, partition),
                        tools.reports().event(execution, ActionStatus.IN_DOUBT, now(), results(), evidence, sentence)))
                .get(0)
                .offset();
        tools.journal().add(entry, offset);
    }

    /** Waits until what was acted on is well again. The next step waits for it, and a worsening ends the run. */
    private Optional<String> settled(Step step) throws InterruptedException {
        if (service.probes().isEmpty()) {
            return Optional.empty();
        }
        Instant until = now().plus(tools.settle());
        for (String instance : step.instances()) {
            while (!Health.isHealthy(tools.health().look(service, instance))) {
                if (!now().isBefore(until)) {
                    return Optional.of(
                            instance + " is not well " + tools.settle().toSeconds() + " s after its step.");
                }
                whileWanted();
                Thread.sleep(LOOK_EVERY.toMillis());
            }
        }
        return Optional.empty();
    }

    private Optional<Target> target(Step step) {
        return tools.targets().of(spec, step.planned().getAction());
    }

    private static TargetException gone() {
        return new TargetException("the inventory no longer declares this action for it");
    }

    private List<ProducerRecord<byte[], byte[]>> finish(ActionStatus status, String sentence) {
        tools.failpoints().hit(Failpoints.BEFORE_FINISH);
        return List.of(tools.reports().event(execution, status, now(), results(), evidence, sentence));
    }

    private List<StepResult> results() {
        return StepResults.of(steps, this::past);
    }

    /** Begins nothing new for a partition that is being taken away. */
    private void whileWanted() {
        if (!context.isWanted()) {
            throw new WorkAbandonedException("the partition is being taken away");
        }
    }

    private Instant now() {
        return tools.clock().instant();
    }
}
