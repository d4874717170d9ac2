package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;

/**
 * What {@link SeriesDetector} and {@link Severity} remember of a series, and how a point is learned: some 130 bytes, 430 more
 * with the hours of a week. The base of the detector and not a part of it, because a reference and a header would be a fifth
 * of that.
 *
 * <p>Means forget with a weight of 1/n at first and of 1/memory later. Those of place and scale take outliers clipped; those
 * of surprise take them whole: a series that surprises often must surprise more.
 */
abstract class SeriesMemory {

    static final int CALIBRATED = 30;
    static final float MEMORY = 10_000;
    static final float USUAL_MEMORY = 500;
    static final float FAST_MEMORY = 24;
    static final float FLOOR = 0.03f;
    static final float CLIP = 6;
    /** Deviations from the usual, and of the range at once, and of surprise: what is more is learned as if it were that. */
    static final float WILD = 200;

    static final float MOST_WIDENING = 3;
    static final float MOST_SURPRISE = 100;
    static final float HABITUATION_MEMORY = 6_000;
    /** Beside 1 it makes no difference. */
    private static final float NOTHING = 1e-9f;

    static final float[] NO_HABITS = new float[SeriesDetector.Source.values().length];
    /** A record holds for so many points; then the range shrinks slowly to what is usual, lest it go blind. */
    static final int RANGE_HOLDS = 20_000;

    static final int WARM_UP = 100;
    /** Before, an hour is all there is and no hour of a day: most series of a short life never need the room. */
    static final int HOURS_TELL_FROM = 180;

    double origin;
    int n;
    int startMinute;
    int[] bins = HourBins.NONE;
    /** Shared until the first alarm. */
    float[] habits = NO_HABITS;

    byte hour;
    /** Number of the detector that alarmed; the same below zero when it only came near; 0 when none did. */
    byte source;

    short refractoryLeft;
    float x;
    float raw;
    float usual;
    float spread;
    float fast;
    float step;
    float level;
    float lowest;
    float highest;
    float lowestLevel;
    float highestLevel;
    float shiftMean;
    float shiftVariance;
    float tailRate = Tail.RATE;
    float tailShape = Tail.SHAPE;
    /** Of the last point, as {@link Severity} said; not stored. */
    float severity;

    /** Severity's: means of the distance from what is expected, and what is usual of each of its views. */
    float distanceFast;

    float distanceSlow;
    float usualDistance;
    float usualFast;
    float usualSlow;
    float usualChange;

    void learn(int ageMinutes) {
        boolean constantUntilNow = lowest == highest;
        learnTail();
        if (seasonal()) {
            learnSeasonSurprise();
        }
        float weight = weight(n, MEMORY);
        float difference = shiftSurprise() - shiftMean;
        shiftMean += weight * difference;
        shiftVariance = (1 - weight) * (shiftVariance + weight * difference * difference);
        learnRange();
        if (bins != HourBins.NONE && Stillness.looks(n)) {
            Stillness.learn(bins, step, Stillness.isKnown(bins, n, ageMinutes));
        }
        learnLevel();
        if (ageMinutes >= HOURS_TELL_FROM && spread > 0) {
            bins = HourBins.with(bins, hour, constantUntilNow && n > WARM_UP);
            HourBins.learn(bins, hour, x, FLOOR * spread);
        }
        if (habits != NO_HABITS) {
            for (int d = 0; d < habits.length; d++) {
                habits[d] = forgotten(habits[d] - habits[d] / HABITUATION_MEMORY);
            }
        }
    }

    private void learnSeasonSurprise() {
        int count = Math.min(bins[HourBins.SURPRISES] + 1, (int) MEMORY);
        float mean = HourBins.get(bins, HourBins.SURPRISE_MEAN);
        float variance = HourBins.get(bins, HourBins.SURPRISE_VARIANCE);
        float weight = weight(count, MEMORY);
        float most = MOST_SURPRISE * ((float) Math.sqrt(variance) + 1);
        float difference = Math.min(most, seasonSurprise() - mean);
        bins[HourBins.SURPRISES] = count;
        HourBins.set(bins, HourBins.SURPRISE_MEAN, mean + weight * difference);
        HourBins.set(bins, HourBins.SURPRISE_VARIANCE, (1 - weight) * (variance + weight * difference * difference));
    }

    private void learnTail() {
        float weight = weight(n + Tail.PRIOR, MEMORY);
        tailRate = forgotten(tailRate + weight * ((raw >= Tail.FROM ? 1 : 0) - tailRate));
        if (raw >= Tail.FROM) {
            tailShape += Tail.SHAPE_WEIGHT * ((float) Math.log(raw / Tail.FROM) - tailShape);
        }
    }

    /** What has faded to nothing becomes it: a processor takes some hundred cycles for each number smaller than the normal ones. */
    private static float forgotten(float faded) {
        return faded < NOTHING ? 0 : faded;
    }

    private void learnRange() {
        if (n <= CALIBRATED) {
            lowestLevel = highestLevel = level;
        }
        if (n > RANGE_HOLDS) {
            float weight = 0.5f / RANGE_HOLDS;
            lowest += weight * (usual - lowest);
            highest += weight * (usual - highest);
            lowestLevel += weight * (usual - lowestLevel);
            highestLevel += weight * (usual - highestLevel);
        }
        float most = n > WARM_UP ? MOST_WIDENING * (highest - lowest) : Float.MAX_VALUE;
        lowest = Math.min(lowest, Math.max(lowest - most, x));
        highest = Math.max(highest, Math.min(highest + most, x));
        lowestLevel = Math.min(lowestLevel, level);
        highestLevel = Math.max(highestLevel, level);
        if (bins != HourBins.NONE) {
            learnDeparture();
        }
    }

    private void learnDeparture() {
        float departure = departure();
        float lowestDeparture = HourBins.get(bins, HourBins.LOWEST_DEPARTURE);
        float highestDeparture = HourBins.get(bins, HourBins.HIGHEST_DEPARTURE);
        if (n <= CALIBRATED) {
            lowestDeparture = highestDeparture = departure;
        }
        if (n > RANGE_HOLDS) {
            float weight = 0.5f / RANGE_HOLDS;
            lowestDeparture -= weight * lowestDeparture;
            highestDeparture -= weight * highestDeparture;
        }
        if (seasonal()) {
            lowestDeparture = Math.min(lowestDeparture, departure);
            highestDeparture = Math.max(highestDeparture, departure);
        }
        HourBins.set(bins, HourBins.LOWEST_DEPARTURE, lowestDeparture);
        HourBins.set(bins, HourBins.HIGHEST_DEPARTURE, highestDeparture);
    }

    /** Mean distance from the season over about eight points. */
    float departure() {
        return HourBins.get(bins, HourBins.DEPARTURE);
    }

    private void learnLevel() {
        float value = tame(x);
        float distance = Math.abs(value - usual);
        // A spread that was nothing until now (a constant so far) may grow: 6 times nothing would freeze it.
        if (n > 20 && spread > 0) {
            distance = Math.min(distance, CLIP * spread);
        }
        float weight = weight(n, USUAL_MEMORY);
        spread += weight * (distance - spread);
        usual += weight * (value - usual);
        fast += weight(n, FAST_MEMORY) * (value - fast);
    }

    /** What the means learn of a value: one wild value is not to bend them for as long as they remember. */
    float tame(float value) {
        if (n <= WARM_UP || spread <= 0) {
            return value;
        }
        return Math.max(usual - WILD * spread, Math.min(usual + WILD * spread, value));
    }

    static float weight(int count, float memory) {
        return count < memory ? 1f / Math.max(1, count) : 1 / memory;
    }

    float seasonSurprise() {
        float scale = HourBins.deviation(bins, hour) + FLOOR * spread;
        return scale > 0 ? Math.abs(x - HourBins.mean(bins, hour)) / scale : 0;
    }

    float shiftSurprise() {
        return spread > 0 ? Math.abs(fast - usual) / spread : 0;
    }

    /** Whether enough points of this hour were seen: about eight days for an hourly series, less than one for others. */
    public boolean seasonal() {
        return seasonal(hour);
    }

    boolean seasonal(int atHour) {
        return HourBins.count(bins, atHour) >= HourBins.WARM;
    }

    public void write(StateWriter out) {
        out.float64(origin).int32(n).int32(startMinute).int8(hour).int8(source).int8(refractoryLeft);
        out.int32(bins == HourBins.NONE ? 0 : bins[HourBins.SURPRISES])
                .float32(x)
                .float32(raw)
                .float32(usual)
                .float32(spread);
        out.float32(fast).float32(step).float32(level).float32(departure());
        out.float32(lowest).float32(highest).float32(lowestLevel).float32(highestLevel);
        out.float32(HourBins.get(bins, HourBins.LOWEST_DEPARTURE))
                .float32(HourBins.get(bins, HourBins.HIGHEST_DEPARTURE))
                .float32(HourBins.get(bins, HourBins.SURPRISE_MEAN))
                .float32(HourBins.get(bins, HourBins.SURPRISE_VARIANCE))
                .float32(HourBins.get(bins, HourBins.USUAL_STEP))
                .float32(HourBins.get(bins, HourBins.STILLEST));
        out.float32(shiftMean).float32(shiftVariance).float32(tailRate).float32(tailShape);
        int words = Math.max(0, bins.length - HourBins.HEAD);
        out.int8(words);
        for (int word = 0; word < words; word++) {
            out.int32(bins[HourBins.HEAD + word]);
        }
        out.flag(habits != NO_HABITS);
        if (habits != NO_HABITS) {
            out.floats(habits, habits.length);
        }
        out.float32(distanceFast).float32(distanceSlow);
        out.float32(usualDistance).float32(usualFast).float32(usualSlow).float32(usualChange);
    }

    public void read(StateReader in) {
        origin = in.float64();
        n = in.int32();
        startMinute = in.int32();
        hour = (byte) in.int8();
        source = (byte) in.int8();
        refractoryLeft = (short) (in.int8() & 0xff);
        int surprises = in.int32();
        x = in.float32();
        raw = in.float32();
        usual = in.float32();
        spread = in.float32();
        fast = in.float32();
        step = in.float32();
        level = in.float32();
        float departure = in.float32();
        lowest = in.float32();
        highest = in.float32();
        lowestLevel = in.float32();
        highestLevel = in.float32();
        float lowestDeparture = in.float32();
        float highestDeparture = in.float32();
        float surpriseMean = in.float32();
        float surpriseVariance = in.float32();
        float usualStep = in.float32();
        float stillest = in.float32();
        shiftMean = in.float32();
        shiftVariance = in.float32();
        tailRate = in.float32();
        tailShape = in.float32();
        int words = in.int8();
        bins = words == 0 ? HourBins.NONE : new int[HourBins.HEAD + words];
        for (int word = 0; word < words; word++) {
            bins[HourBins.HEAD + word] = in.int32();
        }
        if (words > 0) {
            bins[HourBins.SURPRISES] = surprises;
            HourBins.set(bins, HourBins.SURPRISE_MEAN, surpriseMean);
            HourBins.set(bins, HourBins.SURPRISE_VARIANCE, surpriseVariance);
            HourBins.set(bins, HourBins.DEPARTURE, departure);
            HourBins.set(bins, HourBins.LOWEST_DEPARTURE, lowestDeparture);
            HourBins.set(bins, HourBins.HIGHEST_DEPARTURE, highestDeparture);
            HourBins.set(bins, HourBins.USUAL_STEP, usualStep);
            HourBins.set(bins, HourBins.STILLEST, stillest);
        }
        habits = NO_HABITS;
        if (in.flag()) {
            habits = new float[SeriesDetector.Source.values().length];
            in.floats(habits);
        }
        distanceFast = in.float32();
        distanceSlow = in.float32();
        usualDistance = in.float32();
        usualFast = in.float32();
        usualSlow = in.float32();
        usualChange = in.float32();
    }
}
