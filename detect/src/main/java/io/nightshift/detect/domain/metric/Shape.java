package io.nightshift.detect.domain.metric;

import io.nightshift.events.AnomalyKind;

/**
 * Where the last points of a series stand when it alarms: what tells a jump from a slow climb, and how long either has gone on.
 * All but the source are relative to the series' first value.
 *
 * @param spread usual distance from the usual value
 * @param fast mean of about the last 24 points
 * @param level mean of about the last 8 points
 * @param calming how many times less than usual the last 32 points moved
 */
record Shape(SeriesDetector.Source source, float usual, float spread, float fast, float level, float calming) {

    /**
     * The mean of 8 points runs ahead of that of 24 by a share of the way covered: of a jump by much at first and by nothing
     * a hundred points later, of a climb by about 16 / (points - 24) all the time.
     */
    private static final float LEAST_CLIMB = 0.03f;

    private static final float MOST_CLIMB = 0.25f;
    private static final float STILL_CLIMBS = 0.12f;
    private static final int LONGEST = 2_000;
    private static final float FAST_MEMORY = 24;
    private static final float STEP_MEMORY = SeriesDetector.STEP_MEMORY;

    /** What kind of change this is, as far as one alarm tells: what lasts will say more. */
    AnomalyKind kind() {
        if (source == SeriesDetector.Source.STILLNESS) {
            return AnomalyKind.VARIANCE_CHANGE;
        }
        if (ahead() >= LEAST_CLIMB && ahead() < MOST_CLIMB) {
            return AnomalyKind.DRIFT;
        }
        return switch (source) {
            case SHIFT, LEVEL, DEPARTURE -> AnomalyKind.LEVEL_SHIFT;
            default -> AnomalyKind.SPIKE;
        };
    }

    /** Whether a change of a hundred points ago still goes on. */
    boolean climbs() {
        return ahead() >= STILL_CLIMBS;
    }

    private float ahead() {
        float covered = fast - usual;
        return Math.abs(covered) > 2 * spread ? (level - fast) / covered : 0;
    }

    /**
     * Points since it began, an estimate: the last point of a spike; how far the fast mean has followed a jump; how far
     * what it moves has faded; else the way covered at the speed of the last points.
     */
    int pointsSinceOnset() {
        return switch (kind()) {
            case LEVEL_SHIFT -> {
                float followed = Math.abs(level - usual) > 0 ? (fast - usual) / (level - usual) : 0;
                yield Math.round(-FAST_MEMORY * (float) Math.log(1 - Math.max(0, Math.min(0.95f, followed))));
            }
            case DRIFT -> {
                // In a steady climb a mean lags by its memory, so the two means are 16 points apart.
                float speed = Math.abs(level - fast) / (FAST_MEMORY - 8);
                yield (int) Math.min(LONGEST, speed > 0 ? Math.abs(level - usual) / speed : LONGEST);
            }
            // What stands still halves the mean each 22 points.
            case VARIANCE_CHANGE -> Math.round(STEP_MEMORY * (float) Math.log(Math.max(1, calming)));
            default -> 1;
        };
    }
}
