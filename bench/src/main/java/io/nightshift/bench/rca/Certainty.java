package io.nightshift.bench.rca;

import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.BinomialDistribution;

/** How sure a count is. */
public final class Certainty {

    private static final double TAIL = 0.025;

    private Certainty() {}

    /** Lower end of the 95 % interval of Clopper and Pearson. */
    public static double lower(int hits, int of) {
        return hits == 0 ? 0 : new BetaDistribution(null, hits, of - hits + 1.0).inverseCumulativeProbability(TAIL);
    }

    /** Upper end of the 95 % interval of Clopper and Pearson. */
    public static double upper(int hits, int of) {
        return hits == of
                ? 1
                : new BetaDistribution(null, hits + 1.0, of - hits).inverseCumulativeProbability(1 - TAIL);
    }

    /**
     * Probability of so uneven a split if both methods were equally good: exact sign test on the cases that just one of the
     * two got right (McNemar).
     */
    static double paired(int oneAlone, int otherAlone) {
        int all = oneAlone + otherAlone;
        if (all == 0) {
            return 1;
        }
        double tail = new BinomialDistribution(null, all, 0.5).cumulativeProbability(Math.min(oneAlone, otherAlone));
        return Math.min(1, 2 * tail);
    }
}
