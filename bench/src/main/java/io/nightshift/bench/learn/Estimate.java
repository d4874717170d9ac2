package io.nightshift.bench.learn;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Mean of independent values, such as those of seeds, with its 95 % interval by Student's t.
 *
 * @param half half the width of the interval; 0 for one value
 */
public record Estimate(double mean, double half) {

    private static final double TWO_SIDED = 0.975;

    static Estimate of(List<Tally> seeds, ToDoubleFunction<Tally> figure) {
        return of(seeds.stream().mapToDouble(figure).toArray());
    }

    /** @param values at least one */
    public static Estimate of(double... values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        if (values.length < 2) {
            return new Estimate(mean, 0);
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(squares / (values.length - 1));
        double t = new TDistribution(values.length - 1).inverseCumulativeProbability(TWO_SIDED);
        return new Estimate(mean, t * deviation / Math.sqrt(values.length));
    }

    public double low() {
        return mean - half;
    }

    public double high() {
        return mean + half;
    }
}
