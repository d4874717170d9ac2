package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.MetricKind;
import io.nightshift.schemas.points.MetricPoints;

/** A series of sums since a start, of which growth is what tells. */
final class GrowingSeries extends Series {

    private final Counter sum = new Counter();
    /** Observations of a histogram; null for a plain sum. */
    private final Counter count;

    GrowingSeries(SeriesNature nature) {
        super(nature);
        count = nature.identity().kind() == MetricKind.CUMULATIVE_HISTOGRAM ? new Counter() : null;
    }

    @Override
    double grown(MetricPoints points, int point) {
        return sum.growth(points.time(point), points.start(point), points.value(point));
    }

    @Override
    double level(MetricPoints points, int point, double grown, double seconds) {
        if (count == null) {
            return grown / seconds;
        }
        long counted = points.count(point);
        double observed = counted < 0 ? Double.NaN : count.growth(points.time(point), points.start(point), counted);
        return observed > 0 ? grown / observed : Double.NaN;
    }

    @Override
    void writeCounters(StateWriter out) {
        sum.write(out);
        if (count != null) {
            count.write(out);
        }
    }

    @Override
    void readCounters(StateReader in) {
        sum.read(in);
        if (count != null) {
            count.read(in);
        }
    }
}
