package io.nightshift.detect.domain.metric;

/**
 * Judges one series point by point, without training. Six small detectors look at it, and the most convinced one speaks:
 *
 * <ul>
 *   <li><i>season</i>: distance from the mean of this hour of day, weekends apart;
 *   <li><i>range</i>: a record, above or below everything seen for a long time;
 *   <li><i>shift</i>: distance of a fast from a slow mean;
 *   <li><i>level</i>: a record of the mean of about eight points;
 *   <li><i>departure</i>: a record of the mean distance from the season, over about eight points;
 *   <li><i>stillness</i>: it moves less from point to point than it ever did.
 * </ul>
 *
 * The surprise of the first and the third is expressed in deviations of that series' own surprise over a long memory; that
 * of the records in shares of the range. An alarm makes its detector harder to convince for a while (habituation), and the
 * next alarms wait (refractory time). A series that is younger than a day, or has points more often than each five minutes,
 * must convince more: it has as many chances to be odd as points, and people count alarms by the day. For some weeks so must
 * whatever speaks because it was never seen before: a record, or an hour that is not as usual.
 *
 * <p>A point is learned when the next one comes: until then what is asked of the detector is what it expected of this point.
 * State is 32-bit floats relative to the first value, so that scale, offset and sign make no difference. The constants are
 * round numbers near the middle of a plateau on labelled data (Numenta Anomaly Benchmark).
 */
public final class SeriesDetector extends SeriesMemory {

    /** Which detector was most convinced. */
    public enum Source {
        NONE,
        SEASON,
        RANGE,
        SHIFT,
        LEVEL,
        DEPARTURE,
        STILLNESS
    }

    /** Scores from here on are near an alarm: who lowered the threshold may want to hear of them. */
    static final double NEAR = 0.5;

    private static final Source[] SOURCES = Source.values();
    private static final int RECORDS_WARM_UP = 200;
    private static final float LEVEL_MEMORY = 8;
    static final float STEP_MEMORY = 32;
    private static final float HABITUATION = 0.5f;
    private static final float LOUDNESS = 0.3f;
    private static final int REFRACTORY = 150;
    private static final long MINUTE_MICROS = 60_000_000L;
    private static final float DAY_MINUTES = 1_440;
    private static final float YOUTH = 4;
    private static final float NEWNESS_DAYS = 3;
    private static final float LARGE = 1e30f;

    /** Takes a finite value and returns its score: 1 and above is an alarm, and silence follows one. */
    public double accept(long timeMicros, double value) {
        int minute = (int) Math.floorDiv(timeMicros, MINUTE_MICROS);
        float before = tame(x);
        if (n == 0) {
            origin = value;
            startMinute = minute;
        } else {
            learn(minute - startMinute);
        }
        x = (float) Math.max(-LARGE, Math.min(LARGE, value - origin));
        hour = (byte) HourBins.index(timeMicros);
        float tame = tame(x);
        level += weight(n + 1, LEVEL_MEMORY) * (tame - level);
        if (bins != HourBins.NONE) {
            depart(tame);
        }
        float score = judge(minute - startMinute);
        step += weight(n, STEP_MEMORY) * (Math.abs(tame - before) - step);
        n++;
        return score;
    }

    private void depart(float tame) {
        float departure = departure();
        float distance = seasonal() ? tame - HourBins.mean(bins, hour) : 0;
        HourBins.set(bins, HourBins.DEPARTURE, departure + (distance - departure) / LEVEL_MEMORY);
    }

    private float judge(int ageMinutes) {
        boolean knowsRecords = n > RECORDS_WARM_UP;
        float youth = Math.max(0, 1 - Math.max(0, ageMinutes) / DAY_MINUTES);
        float known = 1 / newness(youth, ageMinutes);
        float season = seasonEvidence() * known;
        float range = rangeEvidence(youth) * known;
        float shift = shiftEvidence();
        float high = knowsRecords ? known * beyond(level, lowestLevel, highestLevel) / 0.15f : 0;
        float away = knowsRecords ? known * departureRecord() / 0.15f : 0;
        float still = Stillness.looks(n) && Stillness.isKnown(bins, n, ageMinutes) ? Stillness.evidence(bins, step) : 0;
        float most = most(season, range, shift, high, away, still);
        boolean waits = refractoryLeft > 0;
        if (waits) {
            refractoryLeft--;
        }
        source = 0;
        raw = 0;
        if (n < WARM_UP || most <= 0) {
            return 0;
        }
        float patience = patience(youth, ageMinutes);
        raw = most / patience;
        if (waits) {
            return 0;
        }
        float[] h = habits;
        season /= 1 + h[1];
        range /= 1 + h[2];
        shift /= 1 + h[3];
        high /= 1 + h[4];
        away /= 1 + h[5];
        still /= 1 + h[6];
        float score = most(season, range, shift, high, away, still) / patience;
        if (score >= NEAR) {
            source = (byte) -winner(season, range, shift, high, away, still).ordinal();
        }
        if (score >= 1) {
            alarm(SOURCES[-source], score);
        }
        return score;
    }

    private static float most(float season, float range, float shift, float high, float away, float still) {
        return Math.max(Math.max(Math.max(season, range), Math.max(shift, high)), Math.max(away, still));
    }

    private static Source winner(float season, float range, float shift, float high, float away, float still) {
        float most = most(season, range, shift, high, away, still);
        if (most == season) {
            return Source.SEASON;
        } else if (most == range) {
            return Source.RANGE;
        } else if (most == shift) {
            return Source.SHIFT;
        } else if (most == high) {
            return Source.LEVEL;
        }
        return most == away ? Source.DEPARTURE : Source.STILLNESS;
    }

    private void alarm(Source winner, float score) {
        source = (byte) winner.ordinal();
        if (habits == NO_HABITS) {
            habits = new float[SOURCES.length];
        }
        // A loud alarm tires more: what is as loud again soon after it is mostly the same story.
        habits[source] += HABITUATION * (1 + LOUDNESS * (float) Math.log(score));
        refractoryLeft = (short) Math.min(REFRACTORY, n / 20);
        if (winner == Source.STILLNESS) {
            Stillness.told(bins);
        }
    }

    private float seasonEvidence() {
        float surprise = seasonal() ? seasonSurprise() : 0;
        if (surprise < 6) {
            return 0;
        }
        float mean = HourBins.get(bins, HourBins.SURPRISE_MEAN);
        float variance = HourBins.get(bins, HourBins.SURPRISE_VARIANCE);
        return standing(surprise, mean, variance, bins[HourBins.SURPRISES]) / 5.5f;
    }

    private float departureRecord() {
        return beyond(
                departure(),
                HourBins.get(bins, HourBins.LOWEST_DEPARTURE),
                HourBins.get(bins, HourBins.HIGHEST_DEPARTURE));
    }

    private float shiftEvidence() {
        // By less than the usual spread the means of noise differ too.
        float surprise = shiftSurprise();
        return surprise >= 1 ? standing(surprise, shiftMean, shiftVariance, n) / 3 : 0;
    }

    private float rangeEvidence(float youth) {
        // A record by a hair is what noise does all the time, and a young series makes many.
        float excess = Math.max(x - highest, lowest - x);
        return excess > (0.4f + YOUTH * youth) * step ? beyond(x, lowest, highest) / 0.01f : 0;
    }

    /** By how much of the range this is a record; 0 when it is none. */
    private static float beyond(float value, float low, float high) {
        float width = high - low;
        return width > 0 ? Math.max(0, Math.max(value - high, low - value) / width) : 0;
    }

    /** How unusual this surprise is for the series itself, in deviations. */
    private static float standing(float surprise, float mean, float variance, int count) {
        if (count < CALIBRATED || surprise <= mean) {
            return 0;
        }
        return variance > 0 ? (surprise - mean) / (float) Math.sqrt(variance) : 100;
    }

    /** What evidence is divided by: 1 for a series known for a day with a point each five minutes or less. */
    private float patience(float youth, int ageMinutes) {
        float pointsPerFiveMinutes = 5f * n / Math.max(1, ageMinutes);
        return (1 + YOUTH * youth) * (float) Math.sqrt(Math.max(1, pointsPerFiveMinutes));
    }

    /**
     * What the evidence of never having been seen is divided by besides: a day does not show all that a series does, and most
     * records are made in its first week. 1.5 at three days, 1.3 after a week; within the first day youth asks for more.
     */
    private static float newness(float youth, int ageMinutes) {
        float newness = 1 + 1 / (1 + Math.max(0, ageMinutes) / (NEWNESS_DAYS * DAY_MINUTES));
        return Math.max(1, newness / (1 + YOUTH * youth));
    }

    public boolean alarm() {
        return source > 0;
    }

    /** Evidence of the last point without habituation and silence: 1 would have been an alarm. */
    public double rawScore() {
        return raw;
    }

    /** The detector behind the last point's alarm, or behind a score that came near one. */
    public Source source() {
        return SOURCES[Math.abs(source)];
    }

    /** Probability of evidence as strong as that of the last point, on this series' own history. */
    public double tailProbability() {
        return Tail.probability(raw, tailRate, tailShape);
    }

    /** Whether there is enough history to judge. */
    public boolean warm() {
        return n >= WARM_UP;
    }

    /** Points until there is. */
    int missingPoints() {
        return Math.max(0, WARM_UP - n);
    }

    /** Whether the series was known for less than a day then, and must convince more. */
    boolean isYoung(long timeMicros) {
        return Math.floorDiv(timeMicros, MINUTE_MICROS) - startMinute < DAY_MINUTES;
    }

    /** Lower end of the band in which the last point was expected; NaN while warming up. */
    public double lower() {
        return warm() ? lower(hour) : Double.NaN;
    }

    public double upper() {
        return warm() ? upper(hour) : Double.NaN;
    }

    /** Lower end of the band in which a point of another hour would be expected, by what is known now. */
    double lower(int atHour) {
        return origin + centre(atHour) - width(atHour);
    }

    double upper(int atHour) {
        return origin + centre(atHour) + width(atHour);
    }

    private float centre(int atHour) {
        return seasonal(atHour) ? HourBins.mean(bins, atHour) : usual;
    }

    private float width(int atHour) {
        return 6 * ((seasonal(atHour) ? HourBins.deviation(bins, atHour) : spread) + FLOOR * spread);
    }

    /** Whether the last point, or for the slow detectors the last few, lay above what is usual. */
    public boolean up() {
        return switch (source()) {
            case STILLNESS -> false;
            case SHIFT, LEVEL -> level > usual;
            case DEPARTURE -> departure() > 0;
            default -> x > centre(hour);
        };
    }

    /** Where the recent points stand against the usual ones, to tell what kind of change this is. */
    Shape shape() {
        return new Shape(source(), usual, spread, fast, level, step > 0 ? Stillness.usual(bins) / step : 1);
    }

    /** Mean distance of a point from the one before, over about 32 points. */
    double step() {
        return step;
    }

    /** The same over a long time; 0 while that is not known. */
    double usualStep() {
        return Stillness.usual(bins);
    }

    /** Minutes since the first point. */
    int startMinute() {
        return startMinute;
    }
}
