package io.nightshift.detect.domain.metric;

/**
 * How unusual each point of one series is, in multiples of what is usual for it: about 1 on an ordinary day, at most
 * {@value #CAP}. It never tires and never falls silent, so that it can rank series and moments against each other; whether to
 * alarm is {@link SeriesDetector}'s to say.
 *
 * <p>Expected is what the detector knows of this hour of day, working days and weekends together, drawn towards the series'
 * usual value while the hour is little known.
 * Four views of the distance from it are each compared with their own root mean square over a long memory: the distance
 * itself, its mean over about 12 and about 64 points (a small shift that stays), and the change against the last 8 points (an
 * edge). What is learned from an outlier is limited to two deviations, so that a long disturbance stays unusual for long. The
 * constants are round numbers on a plateau on labelled data (three machines of the Server Machine Dataset).
 *
 * <p>State is six 32-bit floats in the detector's memory; arithmetic is 64-bit and allocates nothing. Scale, offset and sign of
 * the values make no difference.
 */
public final class Severity {

    static final double CAP = 30;

    private static final int WARM_UP = SeriesMemory.WARM_UP;
    private static final int HOURS = 24;
    private static final double USUAL_STRENGTH = 2;
    private static final double MEMORY = 30_000;
    private static final double FAST = 12;
    private static final double SLOW = 64;
    private static final double LIMIT = 2;
    private static final double FLOOR = 0.05;
    private static final double VIEWS = 4;

    private Severity() {}

    /**
     * How unusual the point is that the detector just took: 0 while the series is warming up, at most {@value #CAP}. To be asked
     * once for each point, for it learns from it.
     */
    public static double of(SeriesDetector series) {
        int seen = series.n - 1;
        double weight = 1.0 / (seen + 1);
        double distance = seen == 0 ? 0 : series.x - expected(series);
        double change = series.x - series.level;
        double fast = series.distanceFast + Math.max(weight, 1 / FAST) * (distance - series.distanceFast);
        double slow = series.distanceSlow + Math.max(weight, 1 / SLOW) * (distance - series.distanceSlow);
        double floor = FLOOR * series.spread;
        double severity = seen < WARM_UP
                ? 0
                : (multiple(distance, series.usualDistance, floor)
                                + multiple(fast, series.usualFast, floor)
                                + multiple(slow, series.usualSlow, floor)
                                + multiple(change, series.usualChange, floor))
                        / VIEWS;
        double memory = Math.max(weight, 1 / MEMORY);
        double least = seen < WARM_UP ? Double.POSITIVE_INFINITY : floor;
        series.usualDistance = usual(series.usualDistance, distance, memory, least);
        series.usualFast = usual(series.usualFast, fast, memory, least);
        series.usualSlow = usual(series.usualSlow, slow, memory, least);
        series.usualChange = usual(series.usualChange, change, memory, least);
        series.distanceFast = (float) fast;
        series.distanceSlow = (float) slow;
        return severity;
    }

    private static double expected(SeriesDetector series) {
        int hour = series.hour;
        int otherHalfOfWeek = hour < HOURS ? hour + HOURS : hour - HOURS;
        int known = HourBins.count(series.bins, hour);
        int alsoKnown = HourBins.count(series.bins, otherHalfOfWeek);
        double sum = known * (double) HourBins.mean(series.bins, hour)
                + alsoKnown * (double) HourBins.mean(series.bins, otherHalfOfWeek);
        return (sum + USUAL_STRENGTH * series.usual) / (known + alsoKnown + USUAL_STRENGTH);
    }

    private static double multiple(double distance, double usual, double floor) {
        double scale = Math.max(usual, floor);
        if (scale > 0) {
            return Math.min(CAP, Math.abs(distance) / scale);
        }
        return distance == 0 ? 0 : CAP;
    }

    /** The root mean square with one more distance, of which no more than the limit counts. */
    private static float usual(double usual, double distance, double memory, double least) {
        double scale = Math.max(usual, least);
        // Where nothing ever moved the first move counts whole, or the series would stay astonishing for ever.
        double d = scale > 0 ? Math.min(Math.abs(distance), LIMIT * scale) : distance;
        return (float) Math.sqrt(usual * usual + memory * (d * d - usual * usual));
    }
}
