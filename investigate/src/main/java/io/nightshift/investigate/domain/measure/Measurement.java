package io.nightshift.investigate.domain.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * From raw observations to volumes and significances. The method is that of a search over about 430 variants on public fault
 * data; what each step is for stands with it.
 */
public final class Measurement {

    private Measurement() {}

    /** All kinds of evidence together. */
    public static List<Measured> of(Observations seen) {
        List<Measured> measured =
                of(seen.requests(), seen.gauges(), entity -> seen.callees().getOrDefault(entity, Set.of()));
        measured.addAll(NetworkGap.of(seen.usual().hops(), seen.now().hops(), seen.edges()));
        measured.addAll(Deviation.of(seen.usual().entries(), seen.now().entries()));
        measured.addAll(Rarity.of(seen.alarms()));
        return measured;
    }

    /** Requests and resources alone. */
    public static List<Measured> of(
            Collection<Requests> requests, Collection<Gauge> gauges, Function<String, Set<String>> callees) {
        List<Measured> measured = new ArrayList<>(resources(gauges));
        measured.addAll(requests(requests, callees));
        return measured;
    }

    /** Of several gauges of one kind on one entity, the most significant one speaks. */
    private static List<Measured> resources(Collection<Gauge> gauges) {
        record Place(String entity, SignKind kind) {}
        Map<Place, Excess> greatest = new HashMap<>();
        for (Gauge gauge : gauges) {
            Excess excess = Excess.ofRise(gauge.before(), new double[0], gauge.after());
            greatest.merge(new Place(gauge.entity(), gauge.kind()), excess, Excess::moreSignificant);
        }
        return greatest.entrySet().stream()
                .map(one -> Measured.all(one.getKey().entity(), one.getKey().kind(), one.getValue()))
                .toList();
    }

    private static List<Measured> requests(Collection<Requests> requests, Function<String, Set<String>> callees) {
        Map<String, Excess> waiting = new TreeMap<>();
        Map<String, Excess> failing = new TreeMap<>();
        Map<String, Excess> load = new TreeMap<>();
        for (Requests of : requests) {
            waiting.put(of.entity(), waiting(of));
            failing.put(of.entity(), failing(of));
            load.put(
                    of.entity(),
                    Excess.ofRise(
                            of.before().counts(),
                            of.justBefore().counts(),
                            of.after().counts()));
        }
        List<Measured> measured = new ArrayList<>(ExplainAway.of(SignKind.LATENCY, waiting, callees));
        measured.addAll(ExplainAway.of(SignKind.ERRORS, failing, callees));
        load.forEach((entity, excess) -> measured.add(Measured.all(entity, SignKind.LOAD, excess)));
        return measured;
    }

    private static Excess waiting(Requests of) {
        return Excess.ofRise(
                        of.before().durations(),
                        of.justBefore().durations(),
                        of.after().durations())
                .times(of.after().rate());
    }

    /**
     * What was never there before cannot have got worse: who began to call it did. And where failures come and go every day,
     * what the counts alone call significant is everyday.
     */
    private static Excess failing(Requests of) {
        ErrorRatio usual = of.before().errorRatio();
        if (usual.requests() <= 0) {
            return Excess.NONE;
        }
        ErrorRatio now = of.after().errorRatio();
        double before = Math.max(usual.value(), of.justBefore().errorRatio().value());
        Excess byCount = Excess.ofFailures(now.requests(), now.value(), before);
        double[] ratios = Quantiles.sorted(of.before().errorRatios());
        if (byCount.volume() <= 0 || ratios.length < Quantiles.ENOUGH) {
            return byCount;
        }
        double bySpread = (now.value() - before) / Quantiles.scale(ratios, 0);
        return new Excess(byCount.volume(), Math.min(byCount.significance(), bySpread), byCount.wobble());
    }
}
