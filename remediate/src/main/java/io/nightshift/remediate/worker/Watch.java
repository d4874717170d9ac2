package io.nightshift.remediate.worker;

import io.nightshift.events.JournalEntry;
import io.nightshift.events.JournalPhase;
import io.nightshift.events.ProbeResult;
import io.nightshift.remediate.domain.StepProbes;
import io.nightshift.remediate.domain.Worsening;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks at the target and its neighbours during a run, by probes. What was acted on is to be as its step wants it, and to stay
 * so; what was well before the run and is not acted on is to stay well. What passed before is kept in the journal, so that a
 * successor measures by the same; how well the instances of earlier batches got, a successor sees after its own first batch.
 */
final class Watch {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration READINGS_LAST = Duration.ofSeconds(3);

    private final Run run;
    private Map<String, List<ProbeResult>> readings;
    private Instant readAt;
    private List<String> reached = List.of();

    Watch(Run run) {
        this.run = run;
    }

    /** Probes of every instance of the target, not older than a moment. */
    Map<String, List<ProbeResult>> readings() throws InterruptedException {
        if (readings == null || readAt.plus(READINGS_LAST).isBefore(run.now())) {
            readings = run.tools().health().look(run.service(), run.service().instances());
            readAt = run.now();
        }
        return readings;
    }

    /** What was read before an effect says nothing after it. */
    void forget() {
        readings = null;
    }

    /** Target and neighbours; the target's not older than a moment. */
    List<ProbeResult> everything() throws InterruptedException {
        List<ProbeResult> all = new ArrayList<>(run.tools()
                .health()
                .neighbours(run.tools().inventory(), run.execution().getNeighbours()));
        readings().values().forEach(all::addAll);
        return all;
    }

    /**
     * Waits until all is as these steps want it and nothing else is worse than it was.
     *
     * @return what is wrong when the time to settle is over; empty when nothing is
     */
    Optional<String> settled(List<Step> batch) throws InterruptedException {
        Optional<String> trouble = settled(all -> trouble(batch, all));
        if (trouble.isEmpty()) {
            List<String> touched = touched(run.steps());
            reached = Worsening.passing(everything().stream()
                    .filter(reading -> touched.contains(reading.getSubject()))
                    .toList());
        }
        return trouble;
    }

    /** Waits, after an undo, until every probe passes again that passed before the run. */
    Optional<String> settledAsBefore() throws InterruptedException {
        return settled(all -> Worsening.of(passingBefore(), all));
    }

    /** Watches for so long. Something is worse when two looks in a row say so: one may have met a moment. */
    Optional<String> during(Duration time) throws InterruptedException {
        Instant until = run.now().plus(time);
        boolean wasWorse = false;
        while (run.now().isBefore(until) || wasWorse) {
            forget();
            Optional<String> worse = worse(everything(), List.of());
            if (worse.isPresent() && wasWorse) {
                return worse.map(what -> what + " in the pause after a batch.");
            }
            wasWorse = worse.isPresent();
            pause(wasWorse ? run.now().plus(LOOK_EVERY) : until);
        }
        return Optional.empty();
    }

    private Optional<String> settled(Function<List<ProbeResult>, Optional<String>> look) throws InterruptedException {
        Instant until = run.now().plus(run.tools().settle());
        forget();
        Optional<String> trouble = look.apply(everything());
        while (trouble.isPresent() && run.now().isBefore(until)) {
            pause(until);
            forget();
            trouble = look.apply(everything());
        }
        return trouble.map(what -> what + " " + run.tools().settle().toSeconds() + " s after the last step.");
    }

    private Optional<String> trouble(List<Step> batch, List<ProbeResult> all) {
        for (String instance : run.service().instances()) {
            List<ProbeResult> readings = all.stream()
                    .filter(reading -> reading.getSubject().equals(instance))
                    .toList();
            boolean isWell = batch.stream()
                    .map(Step::planned)
                    .filter(step -> StepProbes.concerns(step, instance))
                    .allMatch(step -> StepProbes.isWell(step, instance, readings));
            if (!isWell && !run.service().probes().isEmpty()) {
                return Optional.of(instance + " is not well");
            }
        }
        return worse(all, batch);
    }

    /** @param batch its instances are judged by what its steps want, and not by what was before them */
    private Optional<String> worse(List<ProbeResult> all, List<Step> batch) {
        List<String> touched = touched(run.steps());
        List<ProbeResult> others = all.stream()
                .filter(reading -> !touched.contains(reading.getSubject()))
                .toList();
        List<String> current = touched(batch);
        List<ProbeResult> earlier = all.stream()
                .filter(reading -> touched.contains(reading.getSubject()) && !current.contains(reading.getSubject()))
                .toList();
        return Worsening.of(Worsening.ofTheWell(passingBefore(), others), others)
                .or(() -> Worsening.of(reached, earlier));
    }

    private List<String> touched(List<Step> steps) {
        return steps.stream()
                .filter(run::isTouched)
                .flatMap(step -> step.instances().stream())
                .distinct()
                .toList();
    }

    /** As the first intent of the run tells; nothing can be lost before there is one. */
    private List<String> passingBefore() {
        return run.steps().stream()
                .flatMap(step -> run.past(step).stream())
                .filter(placed -> placed.entry().getPhase() == JournalPhase.STARTED)
                .min(Comparator.comparingLong(Journal.Placed::offset))
                .map(Journal.Placed::entry)
                .map(JournalEntry::getPassing)
                .orElse(List.of());
    }

    private void pause(Instant until) throws InterruptedException {
        run.whileWanted();
        long left = Duration.between(run.now(), until).toMillis();
        Thread.sleep(Math.max(1, Math.min(LOOK_EVERY.toMillis(), left)));
    }
}
