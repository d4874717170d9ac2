package io.nightshift.bench.noise;

import io.nightshift.detect.domain.metric.SeriesDetector;
import java.util.EnumMap;
import java.util.Map;

/**
 * Streams series through the production detector and counts its alarms. Points of fast series are averaged over five seconds
 * first, as production does.
 */
final class AlarmCount {

    /** Told of each alarm that counts. */
    @FunctionalInterface
    interface Listener {
        void alarm(String series, long timeMicros, double value, SeriesDetector detector);
    }

    private static final long BASE_MICROS = 5_000_000;
    private static final double DAY_MICROS = 86_400e6;

    private final Intervals except;
    private final Listener listener;
    private final Map<SeriesDetector.Source, Long> bySource = new EnumMap<>(SeriesDetector.Source.class);
    private long series;
    private long alarms;
    private double days;

    AlarmCount(Intervals except, Listener listener) {
        this.except = except;
        this.listener = listener;
    }

    void add(SeriesFile file) {
        for (int i = 0; i < file.series().length; i++) {
            series++;
            add(file.names().get(i), file.times(), file.series()[i], file.intervalMicros());
        }
    }

    private void add(String name, long[] times, double[] values, long intervalMicros) {
        SeriesDetector detector = new SeriesDetector();
        double sum = 0;
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                sum += values[i];
                count++;
                days += except.contain(times[i]) ? 0 : intervalMicros / DAY_MICROS;
            }
            boolean ends = i + 1 == values.length || times[i + 1] / BASE_MICROS != times[i] / BASE_MICROS;
            if (ends && count > 0) {
                point(name, detector, times[i], sum / count);
                sum = 0;
                count = 0;
            }
        }
    }

    private void point(String name, SeriesDetector detector, long timeMicros, double value) {
        detector.accept(timeMicros, value);
        if (detector.alarm() && !except.contain(timeMicros)) {
            alarms++;
            bySource.merge(detector.source(), 1L, Long::sum);
            listener.alarm(name, timeMicros, value, detector);
        }
    }

    long series() {
        return series;
    }

    long alarms() {
        return alarms;
    }

    /** Time that the points stand for, summed over the series. */
    double seriesDays() {
        return days;
    }

    Map<SeriesDetector.Source, Long> bySource() {
        return bySource;
    }
}
