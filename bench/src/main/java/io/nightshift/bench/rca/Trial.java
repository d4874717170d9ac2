package io.nightshift.bench.rca;

import io.nightshift.investigate.domain.measure.Measurement;
import io.nightshift.investigate.domain.measure.Observations;
import io.nightshift.investigate.domain.measure.Ordinary;
import io.nightshift.investigate.domain.measure.Ranked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks the production ranker about every fault and every normal time of a set. */
final class Trial {

    private static final int WARM_UP = 3;

    /**
     * What came out.
     *
     * @param normal how many normal times were judged by a threshold from those before them
     * @param silent how many of them passed in silence
     */
    record Result(LabelledSet set, List<Outcome> outcomes, int normal, int silent) {}

    private Trial() {}

    static Result of(LabelledSet set) {
        List<Ranked> calm = new ArrayList<>();
        int judged = 0;
        int silent = 0;
        for (Trouble normal : set.normal()) {
            Ranked ranked = rank(normal.observations().get());
            if (calm.size() >= Ordinary.ENOUGH) {
                judged++;
                silent += Ordinary.of(calm).isPassedBy(ranked) ? 0 : 1;
            }
            calm.add(ranked);
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Trouble fault : set.faults()) {
            // The normal times before the fault, if there are enough; in some sets they were recorded after it.
            List<Ranked> before = new ArrayList<>();
            for (int i = 0; i < calm.size(); i++) {
                if (set.normal().get(i).at().isBefore(fault.at())) {
                    before.add(calm.get(i));
                }
            }
            Ordinary ordinary = Ordinary.of(before.size() >= Ordinary.ENOUGH ? before : calm);
            outcomes.add(outcome(fault, ordinary, outcomes.isEmpty()));
        }
        return new Result(set, outcomes, judged, silent);
    }

    private static Outcome outcome(Trouble fault, Ordinary ordinary, boolean first) {
        Observations seen = fault.observations().get();
        for (int i = 0; first && i < WARM_UP; i++) {
            rank(seen);
        }
        long begin = System.nanoTime();
        Ranked ranked = rank(seen);
        double millis = (System.nanoTime() - begin) / 1e6;
        Renaming renaming = Renaming.of(seen, fault.name().hashCode());
        Ranked renamed = rank(renaming.apply(seen));
        return new Outcome(
                fault,
                ranked.place(fault.cause()),
                Naive.place(seen, fault.cause()),
                ranked.top(),
                ordinary.confidence(ranked),
                ordinary.isPassedBy(ranked),
                same(ranked, renamed, renaming),
                millis);
    }

    private static Ranked rank(Observations seen) {
        return Ranked.of(Measurement.of(seen));
    }

    private static boolean same(Ranked plain, Ranked renamed, Renaming renaming) {
        Map<String, Double> other =
                renamed.scores().stream().collect(Collectors.toMap(Ranked.Score::entity, Ranked.Score::value));
        return plain.scores().size() == other.size()
                && plain.scores().stream().allMatch(score -> {
                    Double value = other.get(renaming.name(score.entity()));
                    return value != null && Math.abs(value - score.value()) < 1e-9;
                });
    }
}
