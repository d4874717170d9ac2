package io.nightshift.detect.domain.log;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import java.util.concurrent.TimeUnit;

/**
 * How regularly a template comes. One that comes like a heartbeat, with gaps that hardly vary, is missed when it stops; one
 * whose gaps vary follows the load, and its silence says nothing.
 */
final class Beat {

    /** Lines closer than this are one beat. */
    private static final long ONE_BEAT_MICROS = TimeUnit.MILLISECONDS.toMicros(500);

    /** Lines of a load come as one beat after the other, evenly and for no reason of their own, when they come faster. */
    private static final double LEAST_GAP_SECONDS = 1;

    private static final long LEAST_SILENCE_MICROS = TimeUnit.SECONDS.toMicros(30);
    private static final long LONGEST_GAP_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int ENOUGH_BEATS = 30;
    /** Standard deviation over mean: 1 for lines that come independently of each other, 0 for a clock. */
    private static final double REGULAR = 0.4;

    private static final double MEMORY = 50;
    /** A gap counts with what lies this many standard deviations above the mean, or with twice the longest gap. */
    private static final double DEVIATIONS = 8;

    private long lastMicros;
    private int beats;
    private float mean;
    private float variance;
    /** The longest gap lately; fades slowly. */
    private float longest;

    void at(long micros) {
        long gap = micros - lastMicros;
        if (lastMicros == 0 || gap > LONGEST_GAP_MICROS) {
            lastMicros = micros;
            beats = 0;
        } else if (isRegular() && gap > patienceMicros()) {
            // It stopped and came back: that is not how it usually comes, unless it goes on like that.
            lastMicros = micros;
            beats = ENOUGH_BEATS / 2;
        } else if (gap >= ONE_BEAT_MICROS) {
            lastMicros = micros;
            learn(gap / 1e6f);
        }
    }

    private void learn(float gap) {
        beats++;
        if (beats == 1) {
            mean = gap;
            variance = 0;
            longest = gap;
            return;
        }
        double weight = Math.max(1.0 / beats, 1 / MEMORY);
        double off = gap - mean;
        mean += (float) (weight * off);
        variance = (float) ((1 - weight) * (variance + weight * off * off));
        longest = Math.max(gap, longest * 0.999f);
    }

    boolean isRegular() {
        return beats >= ENOUGH_BEATS && mean >= LEAST_GAP_SECONDS && Math.sqrt(variance) <= REGULAR * mean;
    }

    /** Silence that is unusual from here on, microseconds. */
    long patienceMicros() {
        double seconds = Math.max(Math.max(3 * mean, mean + DEVIATIONS * Math.sqrt(variance)), 2 * longest);
        return Math.max(LEAST_SILENCE_MICROS, (long) (seconds * 1e6));
    }

    long lastMicros() {
        return lastMicros;
    }

    /** Usual gap, seconds. */
    double usualSeconds() {
        return mean;
    }

    /** Two templates turned out to be one: what was learned of either no longer holds. */
    void forget(Beat other) {
        lastMicros = Math.max(lastMicros, other.lastMicros);
        beats = 0;
    }

    void write(StateWriter out) {
        out.int64(lastMicros).int32(beats).float32(mean).float32(variance).float32(longest);
    }

    void read(StateReader in) {
        lastMicros = in.int64();
        beats = in.int32();
        mean = in.float32();
        variance = in.float32();
        longest = in.float32();
    }
}
