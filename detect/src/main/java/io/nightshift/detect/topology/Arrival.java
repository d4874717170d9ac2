package io.nightshift.detect.topology;

import io.nightshift.events.LogBatch;
import io.nightshift.events.RecordRef;
import io.nightshift.events.Resource;
import io.nightshift.events.SpanBatch;
import io.nightshift.events.Tick;
import io.nightshift.schemas.points.MetricPoints;

/** What reaches the steps of detect: telemetry that stands where it belongs, and time. */
sealed interface Arrival permits Arrival.Telemetry, Arrival.Time {

    /** Telemetry of one resource. */
    sealed interface Telemetry extends Arrival permits Metrics, Logs, Spans {
        Resource resource();

        /**
         * When the sender is taken to have been heard, microseconds since the epoch: the greatest event time in the batch,
         * not far ahead of time; 0 when the batch is empty, or before the first ticks.
         */
        long latestMicros();

        RecordRef ref();
    }

    record Metrics(MetricPoints points, long latestMicros, RecordRef ref) implements Telemetry {
        @Override
        public Resource resource() {
            return points.resource();
        }
    }

    record Logs(LogBatch batch, long latestMicros, RecordRef ref) implements Telemetry {
        @Override
        public Resource resource() {
            return batch.getResource();
        }
    }

    record Spans(SpanBatch batch, long latestMicros, RecordRef ref) implements Telemetry {
        @Override
        public Resource resource() {
            return batch.getResource();
        }
    }

    record Time(Tick tick) implements Arrival {
        long nowMicros() {
            return tick.getWatermarkMicros();
        }
    }
}
