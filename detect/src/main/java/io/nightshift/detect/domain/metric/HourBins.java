package io.nightshift.detect.domain.metric;

import java.util.Arrays;

/**
 * What is usual at each hour of the day, weekends apart: mean, mean deviation and number of points. Three 16-bit words an
 * hour in an array that belongs to the series, for there may be a million of them. The halves of the week get their words
 * when they are first seen.
 *
 * <p>The mean keeps 18 bits of its mantissa and the deviation 8. What is cut off is rounded up as often as it deserves, so
 * that steps smaller than the last bit still add up.
 */
final class HourBins {

    static final short[] NONE = {};

    /** Points of an hour before anything is said about it. */
    static final int WARM = 8;

    private static final int MEMORY = 50;
    private static final float CLIP = 18;
    private static final int WORDS = 3;
    private static final int HOURS = 24;
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final int COUNT_BITS = 6;
    private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;
    private static final int HALF_WORD = 15;

    private HourBins() {}

    /** 0 to 23 for the hours of a working day (UTC), 24 to 47 for those of Saturday and Sunday. */
    static int index(long timeMicros) {
        long hour = Math.floorDiv(timeMicros, HOUR_MICROS);
        // The epoch began on a Thursday.
        int ofWeek = Math.floorMod(hour, 7 * HOURS);
        int day = ofWeek / HOURS;
        return ofWeek % HOURS + (day == 2 || day == 3 ? HOURS : 0);
    }

    static float mean(short[] bins, int hour) {
        int at = hour * WORDS;
        return at < bins.length ? Float.intBitsToFloat((bins[at] << 16 | bins[at + 1] & 0xffff) & ~COUNT_MASK) : 0;
    }

    static float deviation(short[] bins, int hour) {
        return hour * WORDS < bins.length ? Float.intBitsToFloat((bins[hour * WORDS + 2] & 0xffff) << HALF_WORD) : 0;
    }

    /** Points seen at this hour, counted up to the memory. */
    static int count(short[] bins, int hour) {
        return hour * WORDS < bins.length ? bins[hour * WORDS + 1] & COUNT_MASK : 0;
    }

    /** Room for this hour: the array itself, or a longer one in which an hour of a series that never varied has its value. */
    static short[] with(short[] bins, int hour, boolean alwaysZero) {
        int needed = WORDS * (hour < HOURS ? HOURS : 2 * HOURS);
        if (needed <= bins.length) {
            return bins;
        }
        short[] grown = Arrays.copyOf(bins, needed);
        if (alwaysZero) {
            for (int at = bins.length; at < needed; at += WORDS) {
                grown[at + 1] = WARM;
            }
        }
        return grown;
    }

    /**
     * Learns a point of this hour.
     *
     * @param floor least scale of what is usual: what departs by more than 18 of it is learned as if it were that
     * @param dither any number that is another one each time
     */
    static void learn(short[] bins, int hour, float x, float floor, int dither) {
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
        mean += weight * distance;
        int noise = dither * 0x9E3779B9;
        int bits = Float.floatToRawIntBits(mean) + (noise >>> 32 - COUNT_BITS) & ~COUNT_MASK;
        bits |= Math.min(count + 1, MEMORY);
        int at = hour * WORDS;
        bins[at] = (short) (bits >>> 16);
        bins[at + 1] = (short) bits;
        bins[at + 2] =
                (short) (Float.floatToRawIntBits(deviation) + (noise >>> 8 & (1 << HALF_WORD) - 1) >>> HALF_WORD);
    }
}
