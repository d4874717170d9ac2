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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at the target and its neighbours during a run, by probes: whether what was acted on got well, and whether anything
 * that passed before the run fails since. What passed is kept in the journal, so that a successor measures by the same.
 */
final class Watch {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration READINGS_LAST = Duration.ofSeconds(1);

    private final Run run;
    private Map<String, List<ProbeResult>> readings;
    private Instant readAt;

    Watch(Run run) {
        this.run = run;
    }

    /** Probes of every instance of the target, not older than a moment. */
    Map<String, List<ProbeResult>> readings() throws InterruptedException {
        if (readings == null || readAt.plus(READINGS_LAST).isBefore(run.now())) {
            readings = look();
            readAt = run.now();
        }
        return readings;
    }

    /** What was read before an effect says nothing after it. */
    void forget() {
        readings = null;
    }

    /** Target and neighbours, now. */
    List<ProbeResult> everything() throws InterruptedException {
        List<ProbeResult> all = new ArrayList<>();
        look().values().forEach(all::addAll);
        all.addAll(run.tools()
                .health()
                .neighbours(run.tools().inventory(), run.execution().getNeighbours()));
        return all;
    }

    /**
     * Waits until all is as these steps want it and nothing else is worse than before the run.
     *
     * @return what is wrong when the time to settle is over; empty when nothing is
     */
    Optional<String> settled(List<Step> batch) throws InterruptedException {
        Instant until = run.now().plus(run.tools().settle());
        Optional<String> trouble = trouble(batch);
        while (trouble.isPresent() && run.now().isBefore(until)) {
            pause(until);
            trouble = trouble(batch);
        }
        return trouble.map(what -> what + " " + run.tools().settle().toSeconds() + " s after the last step.");
    }

    /** Watches for so long. Something is worse when two looks in a row say so: one may have met a moment. */
    Optional<String> during(Duration time) throws InterruptedException {
        Instant until = run.now().plus(time);
        boolean wasWorse = false;
        while (run.now().isBefore(until) || wasWorse) {
            Optional<String> worse = Worsening.of(passingBefore(), everything());
            if (worse.isPresent() && wasWorse) {
                return worse.map(what -> what + " in the pause after a batch.");
            }
            wasWorse = worse.isPresent();
            pause(wasWorse ? run.now().plus(LOOK_EVERY) : until);
        }
        return Optional.empty();
    }

    private Optional<String> trouble(List<Step> batch) throws InterruptedException {
        List<ProbeResult> all = everything();
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
        return Worsening.of(passingBefore(), all);
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

    private Map<String, List<ProbeResult>> look() throws InterruptedException {
        Map<String, List<ProbeResult>> fresh = new LinkedHashMap<>();
        for (String instance : run.service().instances()) {
            fresh.put(instance, run.tools().health().look(run.service(), instance));
        }
        return fresh;
    }

    private void pause(Instant until) throws InterruptedException {
        run.whileWanted();
        long left = Duration.between(run.now(), until).toMillis();
        Thread.sleep(Math.max(1, Math.min(LOOK_EVERY.toMillis(), left)));
    }
}
