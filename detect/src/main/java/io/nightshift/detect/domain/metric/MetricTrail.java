package io.nightshift.detect.domain.metric;

import io.nightshift.events.MetricEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The last points of a series with their expected band: what a person is shown as proof. At most 60 points. */
final class MetricTrail {

    private static final int LENGTH = 60;

    private final long[] times = new long[LENGTH];
    private final float[] values = new float[LENGTH];
    private final float[] lower = new float[LENGTH];
    private final float[] upper = new float[LENGTH];
    private int size;
    private int next;

    void add(long timeMicros, double value, double low, double high) {
        times[next] = timeMicros;
        values[next] = (float) value;
        lower[next] = (float) low;
        upper[next] = (float) high;
        next = (next + 1) % LENGTH;
        size = Math.min(size + 1, LENGTH);
    }

    MetricEvidence evidence(String name, String unit, Map<String, String> attributes, Double limit) {
        return MetricEvidence.newBuilder()
                .setName(name)
                .setUnit(unit)
                .setAttributes(attributes)
                .setTimesMicros(times())
                .setValues(column(values))
                .setLower(column(lower))
                .setUpper(column(upper))
                .setLimit(limit)
                .build();
    }

    private List<Long> times() {
        List<Long> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(times[Math.floorMod(next - size + i, LENGTH)]);
        }
        return list;
    }

    private List<Double> column(float[] column) {
        List<Double> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add((double) column[Math.floorMod(next - size + i, LENGTH)]);
        }
        return list;
    }
}
