package io.nightshift.remediate.worker;

import io.nightshift.events.ActionStatus;
import io.nightshift.events.JournalEntry;
import io.nightshift.events.JournalPhase;
import io.nightshift.events.ProbeResult;
import io.nightshift.remediate.domain.ActionEvents;
import io.nightshift.remediate.domain.StateTokens;
import io.nightshift.remediate.domain.Worsening;
import io.nightshift.remediate.target.Target;
import io.nightshift.remediate.target.TargetException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * One step, or what takes it back, from where its journal stands to its outcome.
 *
 * <pre>
 *   (nothing) ──▶ checks ──▶ STARTED committed ──▶ effect ──▶ outcome committed
 *                   │            │ (no outcome: in doubt)
 *                   ▼            ▼
 *                REFUSED   wait out the deadline, compare state tokens:
 *                          changed ──▶ SUCCEEDED; unchanged ──▶ once more if idempotent; else FAILED
 * </pre>
 */
final class StepRun {

    private static final int ATTEMPTS = 2;
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration DOUBT_MARGIN = Duration.ofSeconds(1);

    private final Run run;
    private final Watch watch;
    private List<ProbeResult> before = List.of();

    StepRun(Run run, Watch watch) {
        this.run = run;
        this.watch = watch;
    }

    /** @return why it did not succeed; empty when it did */
    Optional<String> advance(Step step) throws InterruptedException {
        List<Journal.Placed> past = run.past(step);
        if (past.isEmpty()) {
            return act(step);
        }
        JournalEntry last = past.get(past.size() - 1).entry();
        return switch (last.getPhase()) {
            case SUCCEEDED -> Optional.empty();
            case STARTED, IN_DOUBT -> settleDoubt(step, StepResults.lastStarted(past));
            case PLANNED -> act(step);
            default -> Optional.of(last.getMessage());
        };
    }

    /** Commits the decision to take steps back before any of it is done: a successor then does so too. */
    void planUndo(Step first, String sentence) {
        JournalEntry planned = run.tools()
                .reports()
                .entry(run.execution(), first, JournalPhase.PLANNED, "", run.now(), run.now(), sentence);
        commit(planned, List.of(run.event(ActionStatus.UNDOING, List.of(), sentence)));
    }

    /** Waits until an effect that was begun and has no outcome can no longer be under way. */
    void awaitEnd(Step step) throws InterruptedException {
        boolean isOpen = run.phase(step)
                .filter(phase -> phase == JournalPhase.STARTED || phase == JournalPhase.IN_DOUBT)
                .isPresent();
        if (!isOpen) {
            return;
        }
        Instant over = StepResults.lastStarted(run.past(step)).getDeadline().plus(DOUBT_MARGIN);
        while (run.now().isBefore(over)) {
            run.whileWanted();
            long left = Duration.between(run.now(), over).toMillis();
            Thread.sleep(Math.max(1, Math.min(LOOK_EVERY.toMillis(), left)));
        }
    }

    private Optional<String> act(Step step) throws InterruptedException {
        run.whileWanted();
        Optional<String> refusal = step.isUndo() ? refusalOfUndo(step) : refusal(step);
        if (refusal.isPresent()) {
            return outcome(step, JournalPhase.REFUSED, "", "Refused at the moment of acting: " + refusal.get() + ".");
        }
        Optional<Target> target = target(step);
        if (target.isEmpty()) {
            String gone = "The inventory no longer declares this action for the target.";
            return outcome(step, JournalPhase.REFUSED, "", gone);
        }
        String state;
        try {
            Standings standings = Standings.look(target.get(), run.service(), step);
            Optional<String> objection = standing(step, standings);
            if (objection.isPresent()) {
                return outcome(
                        step, JournalPhase.REFUSED, "", "Refused at the moment of acting: " + objection.get() + ".");
            }
            state = standings.tokens();
        } catch (TargetException e) {
            String unknown = "The target's state is not known: " + e.getMessage() + ".";
            return outcome(step, JournalPhase.REFUSED, "", unknown);
        }
        return perform(step, target.get(), state);
    }

    private Optional<String> perform(Step step, Target target, String state) throws InterruptedException {
        hit(step, Failpoints.BEFORE_STARTED);
        Instant deadline = run.now().plus(step.timeout(run.plan()));
        long token = begin(step, state, deadline);
        hit(step, Failpoints.AFTER_STARTED);
        // Once more: the commit took its time, and a halt or a lock in between counts.
        Optional<String> stopped = run.tools().checks().againstPeople(run.execution(), step.isUndo(), run.now());
        if (stopped.isPresent()) {
            return outcome(step, JournalPhase.REFUSED, "", "Not begun: " + stopped.get() + ".");
        }
        Target.Result result = target.perform(new Target.Effect(
                run.service().id() + "/" + step.subject(),
                step.values(run.execution(), run.service(), token),
                token,
                deadline));
        hit(step, Failpoints.AFTER_EFFECT);
        watch.forget();
        return switch (result.outcome()) {
            case DONE -> outcome(step, JournalPhase.SUCCEEDED, stateAfter(step, target), result.message());
            case FAILED ->
                outcome(
                        step,
                        JournalPhase.FAILED,
                        stateAfter(step, target),
                        "The effect failed: " + result.message() + ".");
            case FENCED -> outcome(step, JournalPhase.REFUSED, "", "The effect failed: " + result.message() + ".");
            case UNKNOWN -> settleDoubt(step, StepResults.lastStarted(run.past(step)));
        };
    }

    private Optional<String> refusal(Step step) throws InterruptedException {
        boolean first = run.isFresh();
        Optional<String> early = againstTime(step, first);
        if (early.isPresent()) {
            return early;
        }
        String gathered = gathered(step); // takes its time, so that all that is judged is read after it
        if (first) {
            before = watch.everything();
        }
        Map<String, List<ProbeResult>> seen = watch.readings();
        List<ProbeResult> kept =
                step.instances().stream().flatMap(i -> seen.get(i).stream()).toList();
        run.tools().evidence().keep(step.key(run.execution()), kept, gathered).ifPresent(run.evidence()::add);
        // People last: nothing that takes time stands between what they say and the intent.
        return againstTime(step, first)
                .or(() -> run.tools().checks().againstReadings(run.execution(), run.service(), step, first, seen))
                .or(() -> run.tools().checks().againstPeople(run.execution(), false, run.now()));
    }

    private Optional<String> againstTime(Step step, boolean first) {
        return run.tools()
                .checks()
                .againstTime(run.execution(), step.timeout(run.plan()), timeToUndo(step), first, run.now(), run.ends());
    }

    /** What the first effect on an instance would destroy; a later one finds it destroyed already. */
    private String gathered(Step step) throws InterruptedException {
        List<Map<String, String>> untouched = step.instances().stream()
                .filter(instance -> !run.isTouched(instance))
                .map(instance -> Step.values(run.service(), instance))
                .toList();
        Optional<Target> target = target(step);
        return target.isEmpty()
                ? ""
                : run.tools().evidence().gather(target.get().keepsakes(untouched));
    }

    /** How long it may take to undo what was begun and this step, and to see that all is well. */
    private Duration timeToUndo(Step step) {
        Duration undo = step.isUndoable() ? step.timeout(run.plan()) : Duration.ZERO;
        for (Step begun : run.toUndo()) {
            undo = undo.plus(begun.timeout(run.plan()));
        }
        return undo.isZero() ? undo : undo.plus(run.tools().settle());
    }

    /** A compensation is stopped by a freeze, a lock and the end of the run, and by nothing else. */
    private Optional<String> refusalOfUndo(Step step) {
        return run.now().plus(step.timeout(run.plan())).isAfter(run.ends())
                ? Optional.of("its run would end before the effect could")
                : run.tools().checks().againstPeople(run.execution(), true, run.now());
    }

    /** Commits the intent. Its offset is the fencing token. */
    private long begin(Step step, String state, Instant deadline) {
        JournalEntry.Builder started = JournalEntry.newBuilder(run.tools()
                .reports()
                .entry(run.execution(), step, JournalPhase.STARTED, state, run.now(), deadline, ""));
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        if (!step.isUndo() && run.isFresh()) {
            started.setPassing(Worsening.passing(before));
            String sentence = ActionEvents.name(run.plan().getAction()) + " of "
                    + run.service().id() + " begins with " + step.subject() + ".";
            records.add(run.event(ActionStatus.STARTED, before, sentence));
        }
        JournalEntry entry = started.build();
        records.add(0, run.tools().reports().record(entry, run.partition()));
        long token = run.context().commit(records).get(0).offset();
        run.tools().journal().add(entry, token);
        return token;
    }

    /** Commits how it ended. Returns the failure, if it is one. */
    private Optional<String> outcome(Step step, JournalPhase phase, String state, String message) {
        JournalEntry entry =
                run.tools().reports().entry(run.execution(), step, phase, state, run.now(), run.now(), message);
        commit(entry, List.of());
        hit(step, Failpoints.AFTER_OUTCOME);
        return phase == JournalPhase.SUCCEEDED ? Optional.empty() : Optional.of(message);
    }

    private Optional<String> settleDoubt(Step step, JournalEntry started) throws InterruptedException {
        tellDoubt(step);
        awaitEnd(step);
        String state;
        try {
            state = stateTokens(step, target(step).orElseThrow(StepRun::gone));
        } catch (TargetException e) {
            String unknown = "It is in doubt, and the target's state is not known: " + e.getMessage() + ".";
            return outcome(step, JournalPhase.FAILED, "", unknown);
        }
        if (StateTokens.compare(started.getStateToken(), state) == StateTokens.Change.ALL) {
            String happened = "It was in doubt; the target's state shows that it happened.";
            return outcome(step, JournalPhase.SUCCEEDED, state, happened);
        }
        long attempts = run.past(step).stream()
                .filter(placed -> placed.entry().getPhase() == JournalPhase.STARTED)
                .count();
        return run.plan().getIdempotent() && attempts < ATTEMPTS
                ? act(step)
                : outcome(
                        step,
                        JournalPhase.FAILED,
                        state,
                        "It is in doubt, and trying again is not safe or did not help.");
    }

    /** Says once that the step is in doubt. */
    private void tellDoubt(Step step) {
        boolean told = run.past(step).stream().anyMatch(placed -> placed.entry().getPhase() == JournalPhase.IN_DOUBT);
        if (told) {
            return;
        }
        String sentence = "Whether the " + step.inWords() + " happened is in doubt; its state will tell.";
        JournalEntry entry = run.tools()
                .reports()
                .entry(run.execution(), step, JournalPhase.IN_DOUBT, "", run.now(), run.now(), sentence);
        commit(entry, step.isUndo() ? List.of() : List.of(run.event(ActionStatus.IN_DOUBT, List.of(), sentence)));
    }

    private void commit(JournalEntry entry, List<ProducerRecord<byte[], byte[]>> events) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(events);
        records.add(0, run.tools().reports().record(entry, run.partition()));
        run.tools()
                .journal()
                .add(entry, run.context().commitOutcome(records).get(0).offset());
    }

    private Optional<Target> target(Step step) {
        return run.tools().targets().of(run.spec(), step.action());
    }

    private static TargetException gone() {
        return new TargetException("the inventory no longer declares this action for it");
    }

    /** What the target itself says against a step; an undo is not held up by it. */
    private Optional<String> standing(Step step, Standings standings) throws InterruptedException {
        return step.isUndo()
                ? Optional.empty()
                : run.tools()
                        .checks()
                        .againstStanding(run.execution(), run.service(), step, standings, watch.readings(), run.now());
    }

    private String stateTokens(Step step, Target target) throws TargetException, InterruptedException {
        return Standings.look(target, run.service(), step).tokens();
    }

    /** For who reads about it afterwards; that it can't be read is no failure of the effect. */
    private String stateAfter(Step step, Target target) throws InterruptedException {
        try {
            return stateTokens(step, target);
        } catch (TargetException e) {
            return "";
        }
    }

    private void hit(Step step, String place) {
        run.tools().failpoints().hit(step.isUndo() ? Failpoints.UNDO + place : place);
    }
}
