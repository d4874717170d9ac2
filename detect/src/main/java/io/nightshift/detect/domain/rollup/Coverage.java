package io.nightshift.detect.domain.rollup;

import io.nightshift.events.RollupCoverage;

/**
 * How much of what is sent is judged.
 *
 * @param series that were heard of lately
 * @param silent of them, those of which too few points were seen
 * @param learning of them, those known for less than a day: they must convince more
 * @param seasonal of them, those of which it is known what is usual at this hour
 * @param refused series that found no room
 * @param silentPoints points that the last of the silent ones still needs
 * @param silentSeconds about how long that takes
 */
public record Coverage(
        int series, int silent, int learning, int seasonal, int refused, int silentPoints, long silentSeconds) {

    public static final Coverage NONE = new Coverage(0, 0, 0, 0, 0, 0, 0);

    /** One more series that is judged. */
    public Coverage judged(boolean isYoung, boolean isSeasonal) {
        return plus(new Coverage(1, 0, isYoung ? 1 : 0, isSeasonal ? 1 : 0, 0, 0, 0));
    }

    /** One more series of which so many points are missing, which come so far apart. */
    public Coverage silent(int points, long everyMicros) {
        return plus(new Coverage(1, 1, 0, 0, 0, points, points * everyMicros / 1_000_000));
    }

    /** The same with series that found no room. */
    public Coverage refused(int more) {
        return plus(new Coverage(0, 0, 0, 0, more, 0, 0));
    }

    public Coverage plus(Coverage other) {
        return new Coverage(
                series + other.series,
                silent + other.silent,
                learning + other.learning,
                seasonal + other.seasonal,
                refused + other.refused,
                Math.max(silentPoints, other.silentPoints),
                Math.max(silentSeconds, other.silentSeconds));
    }

    /** As a rollup tells it; null where there is nothing to be judged. */
    RollupCoverage told() {
        return series + refused == 0
                ? null
                : new RollupCoverage(series, silent, learning, seasonal, refused, silentPoints, silentSeconds);
    }
}
