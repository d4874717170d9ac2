package io.nightshift.detect.domain.slo;

import io.nightshift.detect.domain.slo.EventSource.Metric;
import io.nightshift.detect.domain.slo.EventSource.Spans;
import io.nightshift.events.MetricKind;
import io.nightshift.events.Span;

/** Turns spans and metric points into good and bad events of one objective. */
final class EventCounter {

    /** Where counted events go. */
    @FunctionalInterface
    interface Sink {
        /** @param bad of {@code total} events; negative where good ones are reported apart from the total */
        void count(long micros, double bad, double total);
    }

    private final Indicator indicator;
    private final int fingerprint;
    private final Growth growth;

    EventCounter(Objective objective, Growth growth) {
        this.indicator = objective.indicator();
        this.fingerprint = objective.fingerprint();
        this.growth = growth;
    }

    void span(Span span, Sink to) {
        if (!(indicator.total() instanceof Spans all) || !all.matches(span)) {
            return;
        }
        boolean bad;
        if (indicator instanceof Indicator.Threshold threshold) {
            bad = !threshold.comparison().holds(span.getDurationMicros() / 1e6, threshold.value());
        } else {
            Indicator.Ratio ratio = (Indicator.Ratio) indicator;
            bad = ((Spans) ratio.part()).matches(span) == ratio.partIsBad();
        }
        to.count(span.getStartMicros() + Math.max(0, span.getDurationMicros()), bad ? 1 : 0, 1);
    }

    boolean wants(String metric) {
        return indicator.total() instanceof Metric total && total.name().equals(metric)
                || indicator instanceof Indicator.Ratio ratio
                        && ratio.part() instanceof Metric part
                        && part.name().equals(metric);
    }

    void point(CountedSeries series, CountedSeries.Point point, Sink to) {
        if (Double.isNaN(point.value())
                || Double.isInfinite(point.value())
                || !indicator.total().isMetric()) {
            return;
        }
        if (indicator instanceof Indicator.Ratio ratio) {
            ratio(ratio, series, point, to);
        } else if (matches((Metric) indicator.total(), series)) {
            if (indicator instanceof Indicator.Threshold threshold) {
                threshold(threshold, series, point, to);
            } else if (growth.isNew(series.counter(fingerprint), point.timeMicros())) {
                double share = Math.max(0, Math.min(1, point.value()));
                to.count(point.timeMicros(), ((Indicator.Share) indicator).isOfGood() ? 1 - share : share, 1);
            }
        }
    }

    private void ratio(Indicator.Ratio ratio, CountedSeries series, CountedSeries.Point point, Sink to) {
        boolean isTotal = matches((Metric) ratio.total(), series);
        boolean isPart = matches((Metric) ratio.part(), series);
        if (!isTotal && !isPart) {
            return;
        }
        double events = events((Metric) (isTotal ? ratio.total() : ratio.part()), series, point);
        if (events > 0) {
            double counted = isPart ? events : 0;
            double total = isTotal ? events : 0;
            to.count(point.timeMicros(), ratio.partIsBad() ? counted : total - counted, total);
        }
    }

    private static boolean matches(Metric source, CountedSeries series) {
        return source.name().equals(series.name()) && source.attributes().matches(series.attributes());
    }

    /** How many events a point stands for. */
    private double events(Metric source, CountedSeries series, CountedSeries.Point point) {
        double value = series.isHistogram() ? point.count() : point.value();
        if (value < 0) {
            return 0;
        }
        long counter = series.counter(fingerprint);
        boolean grows = series.kind() == MetricKind.CUMULATIVE_HISTOGRAM || series.isCumulative(source.isCounter());
        if (grows) {
            return growth.of(counter, point.timeMicros(), point.startMicros(), value);
        }
        return growth.isNew(counter, point.timeMicros()) ? value : 0;
    }

    private void threshold(Indicator.Threshold threshold, CountedSeries series, CountedSeries.Point point, Sink to) {
        Metric source = (Metric) threshold.total();
        if (series.isHistogram()) {
            observations(threshold, series, point, to);
        } else if (series.isCumulative(source.isCounter())) {
            // A counter says how fast it grows, a second.
            Growth.Step step =
                    growth.step(series.counter(fingerprint), point.timeMicros(), point.startMicros(), point.value());
            if (step.seconds() > 0) {
                compare(threshold, step.grown() / step.seconds(), point.timeMicros(), to);
            }
        } else if (growth.isNew(series.counter(fingerprint), point.timeMicros())) {
            compare(threshold, point.value(), point.timeMicros(), to);
        }
    }

    private static void compare(Indicator.Threshold threshold, double value, long micros, Sink to) {
        to.count(micros, threshold.comparison().holds(value, threshold.value()) ? 0 : 1, 1);
    }

    private void observations(Indicator.Threshold threshold, CountedSeries series, CountedSeries.Point point, Sink to) {
        if (point.buckets() == null || point.count() < 0) {
            return;
        }
        double atMost = point.buckets().atMost(threshold.value());
        double all = point.count();
        if (series.kind() == MetricKind.CUMULATIVE_HISTOGRAM) {
            long start = point.startMicros();
            atMost = growth.of(series.counter(fingerprint + 1), point.timeMicros(), start, atMost);
            all = growth.of(series.counter(fingerprint), point.timeMicros(), start, all);
        } else if (!growth.isNew(series.counter(fingerprint), point.timeMicros())) {
            return;
        }
        boolean below =
                threshold.comparison() == Indicator.Comparison.LTE || threshold.comparison() == Indicator.Comparison.LT;
        if (all > 0) {
            to.count(point.timeMicros(), Math.min(all, below ? all - atMost : atMost), all);
        }
    }
}
