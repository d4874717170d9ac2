package io.nightshift.detect.domain.metric;

import java.util.Arrays;

/**
 * What is usual at each hour of the day, weekends apart: mean, mean deviation and number of points. Two words an hour in an
 * array that belongs to the series, for there may be a million of them: the mean, and the deviation with the number in its
 * last bits. The halves of the week get their words when they are first seen. Before them stand a few words of what else is
 * only known of a series with hours, so that a young one needs no room for it.
 */
final class HourBins {

    static final int[] NONE = {};

    /**
     * Number of words before the hours: how often the season surprised, mean and variance of that, the departures, and by how
     * much points move.
     */
    static final int HEAD = 8;

    static final int SURPRISES = 0;
    static final int SURPRISE_MEAN = 1;
    static final int SURPRISE_VARIANCE = 2;
    static final int DEPARTURE = 3;
    static final int LOWEST_DEPARTURE = 4;
    static final int HIGHEST_DEPARTURE = 5;
    static final int USUAL_STEP = 6;
    static final int STILLEST = 7;

    /** Points of an hour before anything is said about it. */
    static final int WARM = 8;

    private static final int MEMORY = 50;
    private static final float CLIP = 18;
    private static final int WORDS = 2;
    private static final int HOURS = 24;
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final int COUNT_MASK = 63;

    private HourBins() {}

    /** 0 to 23 for the hours of a working day (UTC), 24 to 47 for those of Saturday and Sunday. */
    static int index(long timeMicros) {
        long hour = Math.floorDiv(timeMicros, HOUR_MICROS);
        // The epoch began on a Thursday.
        int ofWeek = Math.floorMod(hour, 7 * HOURS);
        int day = ofWeek / HOURS;
        return ofWeek % HOURS + (day == 2 || day == 3 ? HOURS : 0);
    }

    /** A word of the head, 0 where there are no hours. */
    static float get(int[] bins, int word) {
        return bins.length == 0 ? 0 : Float.intBitsToFloat(bins[word]);
    }

    static void set(int[] bins, int word, float value) {
        bins[word] = Float.floatToRawIntBits(value);
    }

    static float mean(int[] bins, int hour) {
        int at = HEAD + hour * WORDS;
        return at < bins.length ? Float.intBitsToFloat(bins[at]) : 0;
    }

    static float deviation(int[] bins, int hour) {
        int at = HEAD + hour * WORDS + 1;
        return at < bins.length ? Float.intBitsToFloat(bins[at] & ~COUNT_MASK) : 0;
    }

    /** Points seen at this hour, counted up to the memory. */
    static int count(int[] bins, int hour) {
        int at = HEAD + hour * WORDS + 1;
        return at < bins.length ? bins[at] & COUNT_MASK : 0;
    }

    /**
     * Room for this hour: the array itself, or a longer one.
     *
     * @param alwaysZero whether the series was zero until now: then that is what is usual at each hour
     */
    static int[] with(int[] bins, int hour, boolean alwaysZero) {
        int needed = HEAD + WORDS * (hour < HOURS ? HOURS : 2 * HOURS);
        if (needed <= bins.length) {
            return bins;
        }
        int[] grown = Arrays.copyOf(bins, needed);
        if (alwaysZero) {
            for (int at = Math.max(HEAD, bins.length); at < needed; at += WORDS) {
                grown[at + 1] = WARM;
            }
        }
        return grown;
    }

    /**
     * Learns a point of this hour.
     *
     * @param floor least scale of what is usual: what departs by more than 18 of it is learned as if it were that
     */
    static void learn(int[] bins, int hour, float x, float floor) {
        int count = count(bins, hour);
        float mean = count == 0 ? x : mean(bins, hour);
        float deviation = deviation(bins, hour);
        float weight = 1f / Math.min(count + 1, MEMORY);
        float distance = x - mean;
        if (count >= WARM) {
            float clip = CLIP * (deviation + floor);
            distance = Math.max(-clip, Math.min(clip, distance));
        }
        deviation += weight * (Math.abs(distance) - deviation);
        bins[HEAD + hour * WORDS] = Float.floatToRawIntBits(mean + weight * distance);
        bins[HEAD + hour * WORDS + 1] = Float.floatToRawIntBits(deviation) & ~COUNT_MASK | Math.min(count + 1, MEMORY);
    }
}
