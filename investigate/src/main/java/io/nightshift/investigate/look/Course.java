package io.nightshift.investigate.look;

import static io.nightshift.investigate.look.Lines.format;

import java.time.Instant;
import java.util.List;

/**
 * How a series developed.
 *
 * @param name the series with its labels
 * @param values at least one, oldest first
 * @param from time of the first
 * @param to time of the last
 */
record Course(String name, List<Double> values, Instant from, Instant to) {

    /** Values that are shown, evenly spread over the time. */
    private static final int SHOWN = 12;

    /** How far it moved, in parts of its greatest value; 0 for one that stood still or is not a number. */
    double movement() {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        double scale = Math.max(Math.abs(least), Math.abs(greatest));
        double movement = scale == 0 ? 0 : (greatest - least) / scale;
        return Double.isNaN(movement) ? 0 : movement;
    }

    String line() {
        if (values.size() == 1) {
            return name + ": " + format("%.6g", values.get(0)) + " at " + to;
        }
        StringBuilder line = new StringBuilder(name + ": from " + from + " to " + to + ":");
        int shown = Math.min(SHOWN, values.size());
        for (int i = 0; i < shown; i++) {
            int index = (int) Math.round((double) i * (values.size() - 1) / (shown - 1));
            line.append(format(" %.4g", values.get(index)));
        }
        return line.toString();
    }
}
