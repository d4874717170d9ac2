package io.nightshift.bench.rca;

import io.nightshift.investigate.domain.measure.Observations;
import io.nightshift.investigate.domain.measure.Requests;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The baseline to beat: each entity by its most deviating metric, (mean now − mean before) / standard deviation before; among
 * alarms by how many it has.
 */
final class Naive {

    private Naive() {}

    /** Place of an entity, 1 being the first, the worst one among equals; the greatest integer when nothing names it. */
    static int place(Observations seen, String entity) {
        Map<String, Double> scores = new HashMap<>();
        seen.gauges().forEach(one -> scores.merge(one.entity(), sigmas(one.before(), one.after()), Math::max));
        for (Requests one : seen.requests()) {
            scores.merge(
                    one.entity(), sigmas(one.before().durations(), one.after().durations()), Math::max);
            scores.merge(one.entity(), sigmas(one.before().counts(), one.after().counts()), Math::max);
            scores.merge(one.entity(), sigmas(one.before().errors(), one.after().errors()), Math::max);
        }
        seen.alarms().ringing().keySet().forEach(alarm -> scores.merge(alarm.entity(), 1.0, Double::sum));
        double own = scores.getOrDefault(entity, 0.0);
        return own <= 0
                ? Integer.MAX_VALUE
                : (int) scores.values().stream().filter(score -> score >= own).count();
    }

    private static double sigmas(double[] before, double[] after) {
        double[] usual = Arrays.stream(before).filter(Double::isFinite).toArray();
        double[] now = Arrays.stream(after).filter(Double::isFinite).toArray();
        if (usual.length < 2 || now.length == 0) {
            return 0;
        }
        double mean = Arrays.stream(usual).average().orElse(0);
        double variance = Arrays.stream(usual)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (usual.length - 1);
        double distance = Math.abs(Arrays.stream(now).average().orElse(0) - mean);
        return distance == 0 ? 0 : distance / Math.max(Math.sqrt(variance), 1e-9);
    }
}
