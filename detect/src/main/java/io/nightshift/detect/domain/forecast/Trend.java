package io.nightshift.detect.domain.forecast;

/**
 * What the floors of one scale do: their line, whether they rise in each stretch of time, and where a growth that slows down
 * would stop.
 *
 * @param line through all floors
 * @param lower early end of the 90 % interval of the slope, from the line and from how unequal the stretches are
 * @param upper late end
 * @param ceiling where the growth ends when each half goes on to be as much weaker than the one before as the second was;
 *     infinite when it does not slow down
 */
record Trend(TheilSen line, double lower, double upper, double ceiling) {

    private static final int BLOCKS = 6;
    private static final int BLOCK = Floors.SIZE / BLOCKS;
    /** Student's t of 95 % for the five steps between six stretches. */
    private static final double T95 = 2.132;

    private static final double LEAST_SHARE = 0.25;

    /** The trend, or null when there is none that rises. */
    static Trend of(double[] floors) {
        double[] middles = new double[BLOCKS];
        for (int i = 0; i < BLOCKS; i++) {
            middles[i] = mean(floors, i * BLOCK, BLOCK);
        }
        double step = (middles[BLOCKS - 1] - middles[0]) / (BLOCKS - 1);
        if (!(step > 0) || !rises(middles, step)) {
            return null;
        }
        double squares = 0;
        for (int i = 1; i < BLOCKS; i++) {
            double off = middles[i] - middles[i - 1] - step;
            squares += off * off;
        }
        double error = T95 * Math.sqrt(squares / (BLOCKS - 2) / (BLOCKS - 1));
        TheilSen line = TheilSen.of(floors, 0);
        double lower = Math.min(line.lower(), (step - error) / BLOCK);
        double upper = Math.max(line.upper(), (step + error) / BLOCK);
        return lower <= 0 ? null : new Trend(line, lower, upper, ceiling(middles, line.last()));
    }

    /** Whether each of the last three stretches rose by a fair share, and one of the two before rose at all. */
    private static boolean rises(double[] middles, double step) {
        for (int i = BLOCKS - 3; i < BLOCKS; i++) {
            if (!(middles[i] - middles[i - 1] >= LEAST_SHARE * step)) {
                return false;
            }
        }
        return middles[1] > middles[0] || middles[2] > middles[1];
    }

    private static double ceiling(double[] middles, double last) {
        double first = (middles[2] + middles[3]) / 2 - (middles[0] + middles[1]) / 2;
        double second = (middles[4] + middles[5]) / 2 - (middles[2] + middles[3]) / 2;
        if (second >= first) {
            return Double.POSITIVE_INFINITY;
        }
        double weaker = second / first;
        // The middle of the last third is half a third before the end.
        return last + second * Math.pow(weaker, 0.5) * weaker / (1 - weaker);
    }

    private static double mean(double[] values, int from, int count) {
        double sum = 0;
        int found = 0;
        for (int i = from; i < from + count; i++) {
            if (!Double.isNaN(values[i])) {
                sum += values[i];
                found++;
            }
        }
        return found == 0 ? Double.NaN : sum / found;
    }
}
