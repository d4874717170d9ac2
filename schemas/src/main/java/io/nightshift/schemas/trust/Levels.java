package io.nightshift.schemas.trust;

import java.util.List;

/** Autonomy levels as trust uses them: 2 does nothing, 3 asks a person, 4 acts on what restores itself, 5 acts. */
public final class Levels {

    public static final int DETECT = 2;
    /** Where everything begins, without any evidence. */
    public static final int ASSIST = 3;

    public static final int SUPERVISED = 4;
    public static final int FULL = 5;

    private Levels() {}

    /** The highest level that a lower bound supports; never below {@link #ASSIST}, which asks. */
    public static int earned(double lowerBound, List<Double> thresholds) {
        int level = ASSIST;
        for (double threshold : thresholds) {
            if (lowerBound < threshold) {
                break;
            }
            level++;
        }
        return level;
    }

    /** The lower bound that a level needs; 0 up to {@link #ASSIST}. */
    public static double threshold(int level, List<Double> thresholds) {
        return level <= ASSIST ? 0 : thresholds.get(level - SUPERVISED);
    }
}
