package io.nightshift.detect.domain.slo;

import io.nightshift.events.MetricKind;
import java.util.Map;

/**
 * A metric series that events may be counted in.
 *
 * @param instance who sent it; null when the sender names none
 * @param monotonic whether a sum only grows between resets
 */
public record CountedSeries(
        String instance, String name, MetricKind kind, boolean monotonic, Map<String, String> attributes) {

    /**
     * One point of it.
     *
     * @param startMicros start of its interval; 0 when unknown
     * @param value value, for histograms the sum of the observations
     * @param count observations of a histogram; -1 when unknown
     * @param buckets of a histogram; null when there are none
     */
    public record Point(long timeMicros, long startMicros, double value, long count, Buckets buckets) {}

    /** Observations by upper bound. */
    @FunctionalInterface
    public interface Buckets {
        /** Observations that were surely at most this: those of the buckets whose upper bound is not above it. */
        double atMost(double value);
    }

    /** Tells counters apart; {@code what} tells those of one series apart. */
    long counter(int what) {
        long hash = name.hashCode();
        hash = 31 * hash + (instance == null ? 0 : instance.hashCode());
        hash = (hash << 32) ^ (hash >>> 32) ^ attributes.hashCode();
        return 0x9E3779B97F4A7C15L * hash + what;
    }

    boolean isCumulative(boolean declaredCounter) {
        return kind == MetricKind.CUMULATIVE_SUM && monotonic
                || (declaredCounter && (kind == MetricKind.GAUGE || kind == MetricKind.UNKNOWN));
    }

    /** Whether its points count observations. */
    public boolean isHistogram() {
        return kind == MetricKind.CUMULATIVE_HISTOGRAM || kind == MetricKind.DELTA_HISTOGRAM;
    }
}
