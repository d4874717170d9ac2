package io.nightshift.bench.baseline;

/**
 * The plainest severity there is: the distance from an exponentially weighted mean in exponentially weighted standard
 * deviations.
 */
public final class EwmaDistance {

    private final double memory;
    private double mean;
    private double variance;
    private int seen;

    /** Remembers over so many points. */
    public EwmaDistance(double memory) {
        this.memory = memory;
    }

    /** The severity of a value, in deviations; 0 until something varied. */
    public double accept(double value) {
        double distance = value - mean;
        double severity = seen > 0 && variance > 0 ? Math.abs(distance) / Math.sqrt(variance) : 0;
        double weight = Math.max(1.0 / (seen + 1), 1 / memory);
        mean += weight * distance;
        variance = (1 - weight) * (variance + weight * distance * distance);
        seen++;
        return severity;
    }
}
