package io.nightshift.detect.domain.forecast;

/**
 * When a resource runs out if its trend goes on.
 *
 * @param atMicros when this was reckoned, microseconds since the epoch
 * @param slopePerSecond trend, unit a second
 * @param endMicros expected end, microseconds since the epoch
 * @param earliestMicros early end of its 90 % interval
 * @param latestMicros late end
 * @param breakLevel a value below this has left the trend
 * @param spanMicros for how long the trend has been seen
 */
record Forecast(
        long atMicros,
        double slopePerSecond,
        long endMicros,
        long earliestMicros,
        long latestMicros,
        double breakLevel,
        long spanMicros) {

    /** Whether the end is likely within this time, and its late end not beyond {@code lateness} times it. */
    boolean isWithin(long micros, double lateness) {
        return endMicros - atMicros <= micros && latestMicros - atMicros <= lateness * micros;
    }
}
