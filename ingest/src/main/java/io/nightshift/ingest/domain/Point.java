package io.nightshift.ingest.domain;

import java.util.List;

/**
 * One point of a series.
 *
 * @param startMicros start of its interval, microseconds since the epoch; 0 when unknown
 * @param timeMicros its time, microseconds since the epoch
 * @param value the value; for histograms the sum
 * @param count observations of a histogram; 0 otherwise
 * @param buckets bucket counts of a histogram; empty otherwise
 */
record Point(long startMicros, long timeMicros, double value, long count, List<Long> buckets) {

    static Point number(long startMicros, long timeMicros, double value) {
        return new Point(startMicros, timeMicros, value, 0, List.of());
    }
}
