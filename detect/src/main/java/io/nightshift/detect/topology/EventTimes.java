package io.nightshift.detect.topology;

import io.nightshift.events.LogBatch;
import io.nightshift.events.LogLine;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricSeries;
import io.nightshift.events.Span;
import io.nightshift.events.SpanBatch;
import java.util.List;

/**
 * Earliest and latest event time of a batch, microseconds since the epoch.
 *
 * @param earliest {@link Long#MAX_VALUE} for an empty batch
 * @param latest 0 for an empty batch
 */
record EventTimes(long earliest, long latest) {

    static EventTimes of(MetricBatch batch) {
        long earliest = Long.MAX_VALUE;
        long latest = 0;
        for (MetricSeries series : batch.getSeries()) {
            List<Long> times = series.getTimesMicros();
            for (int i = 0; i < times.size(); i++) {
                earliest = Math.min(earliest, times.get(i));
                latest = Math.max(latest, times.get(i));
            }
        }
        return new EventTimes(earliest, latest);
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
