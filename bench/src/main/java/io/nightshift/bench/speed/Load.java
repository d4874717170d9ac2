package io.nightshift.bench.speed;

import java.util.Random;

/**
 * Values that look like a service's: a daily wave, noise, now and then a spike. One table serves all series, each of which
 * starts elsewhere in it and has a scale of its own.
 */
final class Load {

    private static final int SIZE = 1 << 16;
    private static final int STRIDE = 7_919;
    private static final long HOUR_MICROS = 3_600_000_000L;

    private final double[] table = new double[SIZE];

    Load() {
        Random random = new Random(42);
        for (int i = 0; i < SIZE; i++) {
            double wave = Math.sin(2 * Math.PI * i / 1_440);
            double spike = random.nextInt(2_000) == 0 ? 8 : 0;
            table[i] = 10 + 2 * wave + 0.5 * random.nextGaussian() + spike;
        }
    }

    /** The value of a series at a step. */
    double at(int series, int step) {
        return table[(series * STRIDE + step) & (SIZE - 1)] * (1 + series % 17);
    }

    /** Time of a step on an hourly grid, which visits every hour of the week. */
    static long hourly(int step) {
        return step * HOUR_MICROS;
    }

    /** Time of a step on a grid of one minute. */
    static long eachMinute(int step) {
        return step * (HOUR_MICROS / 60);
    }
}
