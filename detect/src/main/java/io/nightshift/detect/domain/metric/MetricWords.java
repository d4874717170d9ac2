package io.nightshift.detect.domain.metric;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Says in one sentence what is unusual about a metric: the value, what is usual, and how new that is. */
final class MetricWords {

    private static final double[] STEPS = {1e12, 1e9, 1e6, 1e3, 1};
    private static final String[] BYTES = {"TB", "GB", "MB", "kB", "B"};
    private static final String[] COUNTS = {"T", "G", "M", "k", ""};

    private MetricWords() {}

    /**
     * As in "orders-1: heap used is 410 MB, above the 180–260 MB usual at this hour; highest in 9 days."
     *
     * @param judged what the detector says of the value, its last
     * @param minutes time of the value, minutes since the epoch
     */
    static String sentence(
            String who, String name, String unit, double value, SeriesDetector judged, boolean up, long minutes) {
        StringBuilder said =
                new StringBuilder(who).append(": ").append(name).append(" is ").append(value(value, unit));
        String usual =
                band(judged.lower(), judged.upper(), unit) + " usual" + (judged.seasonal() ? " at this hour" : "");
        if (value > judged.upper()) {
            said.append(", above the ").append(usual);
        } else if (value < judged.lower()) {
            said.append(", below the ").append(usual);
        } else if (isSlow(judged.source())) {
            said.append(", for a while on a ").append(up ? "higher" : "lower").append(" level, still within the ");
            said.append(usual);
        } else {
            said.append(", within the ").append(usual);
        }
        if (judged.source() == SeriesDetector.Source.RANGE) {
            said.append(up ? "; highest in " : "; lowest in ").append(duration(minutes - judged.startMinute()));
        }
        return said.append('.').toString();
    }

    /**
     * As in "orders-1: queue depth stands near 12 job and has moved less than it ever did for 50 minutes; usually a point
     * differs from the one before by 3.1 job."
     */
    static String still(String who, String name, String unit, double value, double usualStep, long minutes) {
        return who + ": " + name + " stands near " + value(value, unit) + " and has moved less than it ever did for "
                + duration(minutes) + "; usually a point differs from the one before by " + value(usualStep, unit)
                + ".";
    }

    private static boolean isSlow(SeriesDetector.Source source) {
        return switch (source) {
            case SHIFT, LEVEL, DEPARTURE -> true;
            default -> false;
        };
    }

    /** A number with its unit: bytes and great counts with a prefix, times in what suits them, shares in percent. */
    static String value(double value, String unit) {
        if (unit.equals("By")) {
            return scaled(value, BYTES);
        } else if (unit.equals("s")) {
            double size = Math.abs(value);
            return size > 0 && size < 1e-3
                    ? number(value * 1e6) + " µs"
                    : size < 1 ? number(value * 1e3) + " ms" : number(value) + " s";
        } else if (unit.equals("1") || unit.isEmpty()) {
            return number(value);
        }
        String plain = unit.replace("{", "").replace("}", "");
        String scaled = Math.abs(value) >= 1e5 ? scaled(value, COUNTS) : number(value);
        return plain.equals("%") ? scaled + " %" : scaled.strip() + " " + plain;
    }

    /** Two ends of a band with one unit where they share it. */
    static String band(double lower, double upper, String unit) {
        String from = value(lower, unit);
        String to = value(upper, unit);
        int space = to.lastIndexOf(' ');
        boolean shared = space > 0 && from.endsWith(to.substring(space));
        return (shared ? from.substring(0, from.length() - (to.length() - space)) : from)
                + (lower < 0 ? " to " : "–")
                + to;
    }

    private static String scaled(double value, String[] names) {
        int i = 0;
        while (i < STEPS.length - 1 && Math.abs(value) < STEPS[i]) {
            i++;
        }
        return number(value / STEPS[i]) + " " + names[i];
    }

    /** Three digits tell a person enough. */
    private static String number(double value) {
        double size = Math.abs(value);
        if (size >= 1e6 || (size > 0 && size < 1e-3)) {
            return String.format(Locale.ROOT, "%.3g", value);
        }
        int decimals = size >= 100 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String duration(long minutes) {
        if (minutes >= TimeUnit.DAYS.toMinutes(2)) {
            return minutes / TimeUnit.DAYS.toMinutes(1) + " days";
        }
        if (minutes >= 120) {
            return minutes / 60 + " hours";
        }
        return minutes > 1 ? minutes + " minutes" : "1 minute";
    }
}
