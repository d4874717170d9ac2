package io.nightshift.detect.domain.call;

/** Turns a score per window into a state with hysteresis: so many windows above 1 to open, so many calm ones to end. */
final class Persistence {

    private static final int CALM_TO_END = 2;

    private static final double NEAR = 0.5;

    private int above;
    private int near;
    private boolean isNear;
    private long nearMicros;
    private int calm;
    private boolean open;
    private long onsetMicros;

    /**
     * @param score 1 is the threshold
     * @param needed windows in a row above 1 that open it
     * @param isCalm whether this window is clearly usual
     */
    void update(double score, int needed, boolean isCalm, long windowStartMicros) {
        if (score >= 1) {
            if (above == 0 && !open) {
                onsetMicros = windowStartMicros;
            }
            above++;
            calm = 0;
            open |= above >= needed;
        } else {
            above = 0;
            calm = isCalm ? calm + 1 : 0;
        }
        if (near == 0) {
            nearMicros = windowStartMicros;
        }
        near = score >= NEAR ? Math.min(near + 1, needed) : 0;
        isNear = near >= needed;
    }

    boolean open() {
        return open;
    }

    /** True once, in the window in which it ended. */
    boolean ended() {
        if (open && calm >= CALM_TO_END) {
            open = false;
            calm = 0;
            return true;
        }
        return false;
    }

    /** Whether it is at half the threshold or more, for as long as opening takes. */
    boolean isNear() {
        return isNear;
    }

    boolean suspicious() {
        return open || above > 0;
    }

    long onsetMicros() {
        return open || above > 0 ? onsetMicros : nearMicros;
    }

    void reset() {
        open = false;
        above = 0;
        calm = 0;
    }
}
