package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;

/**
 * What {@link SeriesDetector} remembers of its series, and how a point is learned: some 130 bytes, 400 more with the hours of
 * a week. The base of the detector and not a part of it, because a reference and a header would be a fifth of that.
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
    byte source;
    short refractoryLeft;
    short seasonCount;
    float x;
    float raw;
    float usual;
    float spread;
    float fast;
    float step;
    float level;
    float departure;
    float lowest;
    float highest;
    float lowestLevel;
    float highestLevel;
    float lowestDeparture;
    float highestDeparture;
    float seasonMean;
    float seasonVariance;
    float shiftMean;
    float shiftVariance;
    float tailRate = Tail.RATE;
    float tailShape = Tail.SHAPE;

    void learn(int ageMinutes) {
        boolean constantUntilNow = lowest == highest;
        learnTail();
        if (seasonal()) {
            seasonCount = (short) Math.min(seasonCount + 1, (int) MEMORY);
            float weight = weight(seasonCount, MEMORY);
            float most = MOST_SURPRISE * ((float) Math.sqrt(seasonVariance) + 1);
            float difference = Math.min(most, seasonSurprise() - seasonMean);
            seasonMean += weight * difference;
            seasonVariance = (1 - weight) * (seasonVariance + weight * difference * difference);
        }
        float weight = weight(n, MEMORY);
        float difference = shiftSurprise() - shiftMean;
        shiftMean += weight * difference;
        shiftVariance = (1 - weight) * (shiftVariance + weight * difference * difference);
        learnRange();
        learnLevel();
        if (ageMinutes >= HOURS_TELL_FROM && spread > 0) {
            bins = HourBins.with(bins, hour, constantUntilNow && n > WARM_UP);
            HourBins.learn(bins, hour, x, FLOOR * spread);
        }
        if (habits != NO_HABITS) {
            for (int d = 0; d < habits.length; d++) {
                habits[d] -= habits[d] / HABITUATION_MEMORY;
            }
        }
    }

    private void learnTail() {
        float weight = weight(n + Tail.PRIOR, MEMORY);
        tailRate += weight * ((raw >= Tail.FROM ? 1 : 0) - tailRate);
        if (raw >= Tail.FROM) {
            tailShape += Tail.SHAPE_WEIGHT * ((float) Math.log(raw / Tail.FROM) - tailShape);
        }
    }

    private void learnRange() {
        if (n <= CALIBRATED) {
            lowestLevel = highestLevel = level;
            lowestDeparture = highestDeparture = departure;
        }
        if (n > RANGE_HOLDS) {
            float weight = 0.5f / RANGE_HOLDS;
            lowest += weight * (usual - lowest);
            highest += weight * (usual - highest);
            lowestLevel += weight * (usual - lowestLevel);
            highestLevel += weight * (usual - highestLevel);
            lowestDeparture -= weight * lowestDeparture;
            highestDeparture -= weight * highestDeparture;
        }
        float most = n > WARM_UP ? MOST_WIDENING * (highest - lowest) : Float.MAX_VALUE;
        lowest = Math.min(lowest, Math.max(lowest - most, x));
        highest = Math.max(highest, Math.min(highest + most, x));
        lowestLevel = Math.min(lowestLevel, level);
        highestLevel = Math.max(highestLevel, level);
        if (seasonal()) {
            lowestDeparture = Math.min(lowestDeparture, departure);
            highestDeparture = Math.max(highestDeparture, departure);
        }
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
        return HourBins.count(bins, hour) >= HourBins.WARM;
    }

    public void write(StateWriter out) {
        out.float64(origin).int32(n).int32(startMinute).int8(hour).int8(source).int8(refractoryLeft);
        out.int32(seasonCount).float32(x).float32(raw).float32(usual).float32(spread);
        out.float32(fast).float32(step).float32(level).float32(departure);
        out.float32(lowest).float32(highest).float32(lowestLevel).float32(highestLevel);
        out.float32(lowestDeparture)
                .float32(highestDeparture)
                .float32(seasonMean)
                .float32(seasonVariance);
        out.float32(shiftMean).float32(shiftVariance).float32(tailRate).float32(tailShape);
        out.int8(bins.length);
        for (int word : bins) {
            out.int32(word);
        }
        out.flag(habits != NO_HABITS);
        if (habits != NO_HABITS) {
            out.floats(habits, habits.length);
        }
    }

    public void read(StateReader in) {
        origin = in.float64();
        n = in.int32();
        startMinute = in.int32();
        hour = (byte) in.int8();
        source = (byte) in.int8();
        refractoryLeft = (short) (in.int8() & 0xff);
        seasonCount = (short) in.int32();
        x = in.float32();
        raw = in.float32();
        usual = in.float32();
        spread = in.float32();
        fast = in.float32();
        step = in.float32();
        level = in.float32();
        departure = in.float32();
        lowest = in.float32();
        highest = in.float32();
        lowestLevel = in.float32();
        highestLevel = in.float32();
        lowestDeparture = in.float32();
        highestDeparture = in.float32();
        seasonMean = in.float32();
        seasonVariance = in.float32();
        shiftMean = in.float32();
        shiftVariance = in.float32();
        tailRate = in.float32();
        tailShape = in.float32();
        bins = new int[in.int8()];
        for (int i = 0; i < bins.length; i++) {
            bins[i] = in.int32();
        }
        habits = NO_HABITS;
        if (in.flag()) {
            habits = new float[SeriesDetector.Source.values().length];
            in.floats(habits);
        }
    }
}
