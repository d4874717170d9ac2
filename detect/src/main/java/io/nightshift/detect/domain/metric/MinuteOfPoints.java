package io.nightshift.detect.domain.metric;

import io.nightshift.events.RollupSeries;
import java.util.Map;

/** Count, mean, extremes and last value of a series' points. */
final class MinuteOfPoints {

    private int count;
    private double sum;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double last;

    void add(double value) {
        count++;
        sum += value;
        min = Math.min(min, value);
        max = Math.max(max, value);
        last = value;
    }

    void clear() {
        count = 0;
        sum = 0;
        min = Double.POSITIVE_INFINITY;
        max = Double.NEGATIVE_INFINITY;
    }

    int count() {
        return count;
    }

    /** The minute as a record; texts are to be bounded already. */
    RollupSeries rollup(
            String name,
            String unit,
            String instance,
            Map<String, String> attributes,
            double lower,
            double upper,
            Double limit) {
        return RollupSeries.newBuilder()
                .setName(name)
                .setUnit(unit)
                .setInstance(instance)
                .setAttributes(attributes)
                .setCount(count)
                .setMean(sum / count)
                .setMin(min)
                .setMax(max)
                .setLast(last)
                .setLower(lower)
                .setUpper(upper)
                .setLimit(limit)
                .build();
    }
}
