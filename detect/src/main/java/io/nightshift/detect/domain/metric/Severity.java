package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;

/**
 * How unusual each point of one series is, in multiples of what is usual for it: about 1 on an ordinary day, at most
 * {@value #CAP}. It never tires and never falls silent, so that it can rank series and moments against each other; whether to
 * alarm is {@link SeriesDetector}'s to say.
 *
 * <p>The expected value is the mean of this hour of day, drawn towards a slow level while the hour is little known. Four views
 * of the distance from it are each compared with their own root mean square over a long memory: the distance itself, its mean
 * over about 8 and about 32 points (a small shift that stays), and the change against the last 8 points (an edge). What is
 * learned from an outlier is limited to three deviations, so that a long disturbance stays unusual for long.
 *
 * <p>State is 32-bit, relative to the first value; arithmetic is 64-bit and allocates nothing once the day's means are there.
 * Scale, offset and sign of the values make no difference.
 */
public final class Severity {

    /** Points before anything is said. */
    public static final int WARM_UP = 100;

    static final double CAP = 30;

    private static final int HOURS = 24;
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final double LEVEL_MEMORY = 2_000;
    private static final double HOUR_MEMORY = 80;
    private static final double LEVEL_STRENGTH = 8;
    private static final double MEMORY = 10_000;
    private static final double FAST = 8;
    private static final double SLOW = 32;
    private static final double LIMIT = 3;
    private static final double FLOOR = 0.05;
    /** Weight of the distance itself; each other view weighs three quarters of it. */
    private static final double DISTANCE_SHARE = 1 / 3.25;

    private static final double VIEW_SHARE = 0.75 / 3.25;

    private int seen;
    private double origin;
    private float level;
    private float spread;
    private float recent;
    private float fast;
    private float slow;
    private float usualDistance;
    private float usualFast;
    private float usualSlow;
    private float usualChange;
    /** Mean of each hour of day and how many points it was made of; null within the first hour. */
    private float[] hours;

    private byte[] points;
    private byte firstHour = -1;

    /** Takes a finite value and says how unusual it is: 0 while warming up, at most {@value #CAP}. */
    public double accept(long timeMicros, double value) {
        if (seen == 0) {
            origin = value;
        }
        double x = value - origin;
        int hour = (int) Math.floorMod(Math.floorDiv(timeMicros, HOUR_MICROS), (long) HOURS);
        double distance = x - expected(hour);
        double weight = 1.0 / (seen + 1);
        double change = x - recent;
        double fastNow = fast + Math.max(weight, 1 / FAST) * (distance - fast);
        double slowNow = slow + Math.max(weight, 1 / SLOW) * (distance - slow);
        double floor = FLOOR * spread;
        double severity = seen < WARM_UP
                ? 0
                : DISTANCE_SHARE * multiple(distance, usualDistance, floor)
                        + VIEW_SHARE
                                * (multiple(fastNow, usualFast, floor)
                                        + multiple(slowNow, usualSlow, floor)
                                        + multiple(change, usualChange, floor));
        double memory = Math.max(weight, 1 / MEMORY);
        usualDistance = (float) usual(usualDistance, distance, memory, floor);
        usualFast = (float) usual(usualFast, fastNow, memory, floor);
        usualSlow = (float) usual(usualSlow, slowNow, memory, floor);
        usualChange = (float) usual(usualChange, change, memory, floor);
        fast = (float) fastNow;
        slow = (float) slowNow;
        recent += (float) (change / FAST);
        learn(x, hour);
        return severity;
    }

    private double expected(int hour) {
        if (hours == null) {
            return level;
        }
        int known = points[hour];
        return (known * (double) hours[hour] + LEVEL_STRENGTH * level) / (known + LEVEL_STRENGTH);
    }

    private static double multiple(double distance, double usual, double floor) {
        double scale = Math.max(usual, floor);
        if (scale > 0) {
            return Math.min(CAP, Math.abs(distance) / scale);
        }
        return distance == 0 ? 0 : CAP;
    }

    /** The root mean square with one more distance, of which no more than the limit counts. */
    private double usual(double usual, double distance, double memory, double floor) {
        double d = seen < WARM_UP ? distance : limited(distance, Math.max(usual, floor));
        return Math.sqrt(usual * usual + memory * (d * d - usual * usual));
    }

    private static double limited(double distance, double scale) {
        // Nothing ever moved: the first move must count, or the series would stay astonishing for ever.
        return scale > 0 ? Math.max(-LIMIT * scale, Math.min(LIMIT * scale, distance)) : distance;
    }

    private void learn(double x, int hour) {
        double off = seen < WARM_UP ? x - level : limited(x - level, spread);
        double weight = Math.max(1.0 / (seen + 1), 1 / LEVEL_MEMORY);
        learnHour(x, hour);
        level += (float) (weight * off);
        spread = (float) Math.sqrt(spread * (double) spread + weight * (off * off - spread * (double) spread));
        seen++;
    }

    private void learnHour(double x, int hour) {
        if (hours == null) {
            firstHour = firstHour < 0 ? (byte) hour : firstHour;
            if (hour == firstHour) {
                return;
            }
            hours = new float[HOURS];
            points = new byte[HOURS];
            hours[firstHour] = level;
            points[firstHour] = (byte) Math.min(seen, (int) HOUR_MEMORY);
        }
        int known = points[hour];
        if (known == 0) {
            hours[hour] = (float) x;
        } else {
            double off = seen < WARM_UP ? x - hours[hour] : limited(x - hours[hour], spread);
            hours[hour] += (float) (Math.max(1.0 / (known + 1), 1 / HOUR_MEMORY) * off);
        }
        points[hour] = (byte) Math.min(known + 1, (int) HOUR_MEMORY);
    }

    void write(StateWriter out) {
        out.int32(seen).float64(origin);
        out.float32(level).float32(spread).float32(recent).float32(fast).float32(slow);
        out.float32(usualDistance).float32(usualFast).float32(usualSlow).float32(usualChange);
        out.int8(firstHour).flag(hours != null);
        if (hours != null) {
            for (int hour = 0; hour < HOURS; hour++) {
                out.int8(points[hour]).float32(hours[hour]);
            }
        }
    }

    void read(StateReader in) {
        seen = in.int32();
        origin = in.float64();
        level = in.float32();
        spread = in.float32();
        recent = in.float32();
        fast = in.float32();
        slow = in.float32();
        usualDistance = in.float32();
        usualFast = in.float32();
        usualSlow = in.float32();
        usualChange = in.float32();
        firstHour = (byte) in.int8();
        if (in.flag()) {
            hours = new float[HOURS];
            points = new byte[HOURS];
            for (int hour = 0; hour < HOURS; hour++) {
                points[hour] = (byte) in.int8();
                hours[hour] = in.float32();
            }
        }
    }
}
