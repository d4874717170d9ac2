package io.nightshift.detect.topology;

import io.nightshift.events.LogBatch;
import io.nightshift.events.LogLine;
import io.nightshift.events.Span;
import io.nightshift.events.SpanBatch;
import io.nightshift.schemas.points.MetricPoints;

/**
 * Earliest and latest event time of a batch, microseconds since the epoch.
 *
 * @param earliest {@link Long#MAX_VALUE} for an empty batch
 * @param latest 0 for an empty batch
 */
record EventTimes(long earliest, long latest) {

    static EventTimes of(MetricPoints points) {
        return new EventTimes(points.earliestMicros(), points.latestMicros());
    }

    static EventTimes of(LogBatch batch) {
        long earliest = Long.MAX_VALUE;
        long latest = 0;
        for (LogLine line : batch.getLines()) {
            earliest = Math.min(earliest, line.getTimeMicros());
            latest = Math.max(latest, line.getTimeMicros());
        }
        return new EventTimes(earliest, latest);
    }

    static EventTimes of(SpanBatch batch) {
        long earliest = Long.MAX_VALUE;
        long latest = 0;
        for (Span span : batch.getSpans()) {
            earliest = Math.min(earliest, span.getStartMicros());
            latest = Math.max(latest, span.getStartMicros() + Math.max(0, span.getDurationMicros()));
        }
        return new EventTimes(earliest, latest);
    }
}
