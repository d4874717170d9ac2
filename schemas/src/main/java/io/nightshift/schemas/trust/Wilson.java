package io.nightshift.schemas.trust;

/**
 * Lower bound of a share that was seen in few trials: the score interval of E. B. Wilson, "Probable inference, the law of
 * succession, and statistical inference", JASA 22 (1927), one-sided at 95 %. It keeps close to its level with few trials, where
 * the usual normal interval does not (Brown, Cai and DasGupta, Statistical Science 16 (2001)). Trials may be weights.
 */
public final class Wilson {

    private static final double Z = 1.6449;

    private Wilson() {}

    /**
     * @param good weight of successes, 0 or more
     * @param bad weight of failures, 0 or more
     * @return 0 to 1; 0 when nothing was seen
     */
    public static double lowerBound(double good, double bad) {
        double n = good + bad;
        if (n <= 0 || good <= 0) {
            return 0;
        }
        double p = good / n;
        double z2 = Z * Z;
        double centre = p + z2 / (2 * n);
        double spread = Z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
        return Math.max(0, (centre - spread) / (1 + z2 / n));
    }
}
