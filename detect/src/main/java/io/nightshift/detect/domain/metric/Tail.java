package io.nightshift.detect.domain.metric;

/**
 * How rare evidence is on a series' own history. Beyond a moderate value evidence is taken to fall with a power (a Pareto
 * tail): how often it passes that value and the mean logarithm of by how much (B. M. Hill, 1975) say the rest. Both begin at
 * what is common on labelled series and come to be the series' own.
 */
final class Tail {

    /** Where the tail begins: half of what raises an alarm. */
    static final float FROM = 0.5f;

    static final float RATE = 0.002f;
    static final float SHAPE = 0.7f;
    static final float SHAPE_WEIGHT = 0.02f;
    static final int PRIOR = 1_000;

    private Tail() {}

    /** Probability of evidence at least as strong. */
    static double probability(double evidence, double rate, double shape) {
        double least = Math.max(rate, 1e-6);
        return evidence <= FROM
                ? Math.pow(least, evidence / FROM)
                : least * Math.pow(evidence / FROM, -1 / Math.max(shape, 0.05));
    }
}
