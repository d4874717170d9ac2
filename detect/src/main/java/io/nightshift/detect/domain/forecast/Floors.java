package io.nightshift.detect.domain.forecast;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import java.util.Arrays;

/**
 * The lowest values of the last 24 stretches of time of one length: what stays used when everything that comes and goes has
 * gone, such as a heap after its collections. Remembers the greatest rise that ended by itself in the last one to two weeks:
 * a rise no greater than that is how this resource lives.
 */
final class Floors {

    static final int SIZE = 24;

    /** A rise that lost so much of itself is over. */
    private static final double FALLEN = 0.35;

    private static final long REMEMBER_MICROS = 8L * 86_400 * 1_000_000;

    private final long bucketMicros;
    private final float[] floors = new float[SIZE];
    private int filled;
    private long bucket;
    private float lowest = Float.NaN;
    private float low = Float.NaN;
    private float high = Float.NaN;
    private float usualRise;
    private float usualRiseBefore;
    private long rememberedMicros;

    Floors(long bucketMicros) {
        this.bucketMicros = bucketMicros;
        Arrays.fill(floors, Float.NaN);
    }

    long bucketMicros() {
        return bucketMicros;
    }

    /** Time that the floors cover. */
    long spanMicros() {
        return SIZE * bucketMicros;
    }

    /** When the latest floor's stretch of time began, microseconds since the epoch. */
    long lastMicros() {
        return (bucket - 1) * bucketMicros;
    }

    /** Takes a value; returns whether a floor was completed. */
    boolean add(long micros, double value) {
        long now = micros / bucketMicros;
        boolean completed = bucket != 0 && now > bucket;
        if (completed) {
            push(lowest, micros);
            for (long missing = Math.min(SIZE, now - bucket - 1); missing > 0; missing--) {
                push(Float.NaN, micros);
            }
            lowest = Float.NaN;
        }
        bucket = Math.max(bucket, now);
        lowest = Float.isNaN(lowest) ? (float) value : Math.min(lowest, (float) value);
        return completed;
    }

    private void push(float floor, long micros) {
        System.arraycopy(floors, 1, floors, 0, SIZE - 1);
        floors[SIZE - 1] = floor;
        filled = Math.min(SIZE, filled + 1);
        follow(middleOfLast(), micros);
    }

    /** The middle of the last three: a single odd reading is neither a rise nor its end. */
    private float middleOfLast() {
        float a = floors[SIZE - 1];
        float b = floors[SIZE - 2];
        float c = floors[SIZE - 3];
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private void follow(float value, long micros) {
        if (Float.isNaN(value)) {
            return;
        }
        if (micros - rememberedMicros > REMEMBER_MICROS) {
            usualRiseBefore = usualRise;
            usualRise = 0;
            rememberedMicros = micros;
        }
        if (Float.isNaN(low)) {
            low = value;
            high = value;
        } else if (value > high) {
            high = value;
        } else if (value < high - FALLEN * (high - low)) {
            usualRise = Math.max(usualRise, high - low);
            low = value;
            high = value;
        }
    }

    /** How far the latest floor is above where its rise began. */
    double rise() {
        return Float.isNaN(low) ? 0 : high - low;
    }

    double usualRise() {
        return Math.max(usualRise, usualRiseBefore);
    }

    /** Whether enough of the stretches have a floor to see a trend in them. */
    boolean tell() {
        return filled == SIZE && count() >= SIZE * 3 / 4;
    }

    private int count() {
        int count = 0;
        for (float floor : floors) {
            count += Float.isNaN(floor) ? 0 : 1;
        }
        return count;
    }

    /** Oldest first; NaN where nothing was heard. */
    double[] values() {
        double[] values = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = floors[i];
        }
        return values;
    }

    void write(StateWriter out) {
        out.int64(bucket).int8(filled).float32(lowest).float32(low).float32(high);
        out.float32(usualRise).float32(usualRiseBefore).int64(rememberedMicros);
        for (int i = SIZE - filled; i < SIZE; i++) {
            out.float32(floors[i]);
        }
    }

    void read(StateReader in) {
        bucket = in.int64();
        filled = in.int8();
        lowest = in.float32();
        low = in.float32();
        high = in.float32();
        usualRise = in.float32();
        usualRiseBefore = in.float32();
        rememberedMicros = in.int64();
        for (int i = SIZE - filled; i < SIZE; i++) {
            floors[i] = in.float32();
        }
    }
}
