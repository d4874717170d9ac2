package io.nightshift.detect.domain.metric;

import io.nightshift.events.MetricEvidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The last points of a series with their expected band: what a person is shown as proof. At most 60 points, 16 bytes each in
 * one array that grows with them, so that a point touches one line of the processor's cache. Times are kept to 10 ms.
 */
final class MetricTrail {

    private static final int LENGTH = 60;
    private static final int FIRST_LENGTH = 4;
    private static final int COLUMNS = 4;
    private static final int TIME = 0;
    private static final int VALUE = 1;
    private static final int LOWER = 2;
    private static final int UPPER = 3;
    /** An int of these reaches 248 days from the first point. */
    private static final long TIME_UNIT_MICROS = 10_000;

    private int[] rows = new int[FIRST_LENGTH * COLUMNS];
    private long originMicros;
    private int size;
    private int next;

    void add(long timeMicros, double value, double low, double high) {
        long sinceOrigin = (timeMicros - originMicros) / TIME_UNIT_MICROS;
        if (size == 0 || sinceOrigin != (int) sinceOrigin) {
            originMicros = timeMicros; // older rows can't be told in an int any more
            size = 0;
            next = 0;
            sinceOrigin = 0;
        }
        if (size * COLUMNS == rows.length && size < LENGTH) {
            rows = Arrays.copyOf(rows, Math.min(LENGTH, 2 * size) * COLUMNS);
            next = size;
        }
        int at = next * COLUMNS;
        rows[at + TIME] = (int) sinceOrigin;
        rows[at + VALUE] = Float.floatToRawIntBits((float) value);
        rows[at + LOWER] = Float.floatToRawIntBits((float) low);
        rows[at + UPPER] = Float.floatToRawIntBits((float) high);
        size = Math.min(size + 1, LENGTH);
        next = next + 1 == LENGTH ? 0 : next + 1;
    }

    MetricEvidence evidence(String name, String unit, Map<String, String> attributes, Double limit) {
        return MetricEvidence.newBuilder()
                .setName(name)
                .setUnit(unit)
                .setAttributes(attributes)
                .setTimesMicros(times())
                .setValues(column(VALUE))
                .setLower(column(LOWER))
                .setUpper(column(UPPER))
                .setLimit(limit)
                .build();
    }

    private int row(int i) {
        return Math.floorMod(next - size + i, LENGTH) * COLUMNS;
    }

    private List<Long> times() {
        List<Long> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(originMicros + rows[row(i) + TIME] * TIME_UNIT_MICROS);
        }
        return list;
    }

    private List<Double> column(int column) {
        List<Double> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add((double) Float.intBitsToFloat(rows[row(i) + column]));
        }
        return list;
    }
}
