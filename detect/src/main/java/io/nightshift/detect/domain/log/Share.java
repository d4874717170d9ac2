package io.nightshift.detect.domain.log;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;

/**
 * A share of a service's lines, minute by minute. A share does not move when the load merely scales; how much it moves from
 * one minute to the next anyway is learned beside the binomial scatter of its counts.
 */
final class Share {

    private static final int ENOUGH_MINUTES = 30;
    private static final double MEMORY = 120;
    /** Fewer lines than this say nothing about a share. */
    private static final int ENOUGH_LINES = 20;
    /** Standard deviations; far out, for minutes are not independent. */
    private static final double FAR = 8;

    private static final double NEAR = 4;
    /** A share always wanders by this part of itself. */
    private static final double WANDERING = 0.15;

    private static final int CONFIRMED = 2;
    /** What has lasted so long is usual. */
    private static final int ADAPTED_MINUTES = 30;

    private int minutes;
    private float mean;
    private float variance;
    private int far;
    private int near;
    private int lasts;
    private boolean isShifted;
    private double deviations;
    private double now;

    /**
     * A minute ended.
     *
     * @param least how many times more or less it must be to count, above 1
     */
    void minute(int lines, int all, double least) {
        if (all < ENOUGH_LINES) {
            return;
        }
        now = lines / (double) all;
        deviations = deviations(lines, all);
        boolean enough = minutes >= ENOUGH_MINUTES && Math.max(lines, all * mean) >= ENOUGH_LINES;
        boolean moved = now > mean * least || now < mean / least;
        if (enough && moved && Math.abs(deviations) >= FAR) {
            far++;
            near = 0;
        } else {
            far = 0;
            near += Math.abs(deviations) < NEAR || !moved ? 1 : 0;
        }
        isShifted = isShifted ? near < CONFIRMED : far >= CONFIRMED;
        lasts = isShifted ? lasts + 1 : 0;
        if (lasts > ADAPTED_MINUTES) {
            restart();
        }
        if (far == 0 && !isShifted) {
            learn();
        }
    }

    private double deviations(int lines, int all) {
        double share = Math.max(mean, 0.5 / all);
        double wandering = variance + WANDERING * share * WANDERING * share;
        return (lines - all * share)
                / Math.sqrt(all * share * (1 - Math.min(share, 0.99)) + all * (double) all * wandering);
    }

    private void learn() {
        minutes++;
        double weight = Math.max(1.0 / minutes, 1 / MEMORY);
        double off = now - mean;
        mean += (float) (weight * off);
        variance = (float) ((1 - weight) * (variance + weight * off * off));
    }

    private void restart() {
        minutes = 0;
        mean = 0;
        variance = 0;
        far = 0;
        lasts = 0;
        isShifted = false;
    }

    boolean isShifted() {
        return isShifted;
    }

    /** 1 at the threshold. */
    double severity() {
        return Math.max(1, Math.abs(deviations) / FAR);
    }

    boolean isUp() {
        return now > mean;
    }

    double usual() {
        return mean;
    }

    double now() {
        return now;
    }

    int lasts() {
        return lasts;
    }

    /** Two templates turned out to be one: their shares add, and it is learned anew how they scatter. */
    void add(Share other) {
        minutes = Math.min(minutes, other.minutes);
        mean += other.mean;
        variance += other.variance;
        far = 0;
        isShifted = false;
    }

    void write(StateWriter out) {
        out.int32(minutes).float32(mean).float32(variance);
    }

    void read(StateReader in) {
        minutes = in.int32();
        mean = in.float32();
        variance = in.float32();
    }
}
