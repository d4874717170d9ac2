package io.nightshift.oversee.domain.view;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.CallEvidence;
import io.nightshift.events.ForecastEvidence;
import io.nightshift.events.LogEvidence;
import io.nightshift.events.MetricEvidence;
import io.nightshift.events.SloEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads an anomaly's proof into what can be drawn. */
final class EvidenceReading {

    private static final long MICROS_PER_MILLI = 1000;

    private EvidenceReading() {}

    static EvidenceView of(Anomaly anomaly) {
        MetricEvidence metric = anomaly.getMetric();
        if (metric != null) {
            return view(
                    anomaly,
                    metric.getUnit(),
                    new Series(metric.getTimesMicros(), metric.getValues(), metric.getLower(), metric.getUpper()),
                    metric.getLimit(),
                    List.of(),
                    List.of());
        }
        CallEvidence calls = anomaly.getCalls();
        if (calls != null) {
            return view(
                    anomaly,
                    unitOf(anomaly.getKind()),
                    new Series(calls.getTimesMicros(), calls.getValues(), calls.getLower(), calls.getUpper()),
                    null,
                    factsOf(calls),
                    calls.getExemplarTraceIds());
        }
        List<String> exemplars =
                anomaly.getLog() == null ? List.of() : anomaly.getLog().getExemplars();
        return view(anomaly, "", Series.NONE, null, factsOf(anomaly), exemplars);
    }

    private static EvidenceView view(
            Anomaly anomaly, String unit, Series series, Double limit, List<String> facts, List<String> exemplars) {
        return new EvidenceView(
                anomaly.getId(),
                Words.of(anomaly.getSubject()),
                Words.of(anomaly.getSignal()),
                Words.of(anomaly.getKind()),
                anomaly.getName(),
                unit,
                finite(anomaly.getSeverity()) == null ? 0 : anomaly.getSeverity(),
                anomaly.getOnset().toEpochMilli(),
                anomaly.getDetectedAt().toEpochMilli(),
                Words.millis(anomaly.getClearedAt()),
                anomaly.getSentence(),
                series.times.stream().map(micros -> micros / MICROS_PER_MILLI).toList(),
                numbers(series.values),
                numbers(series.lower),
                numbers(series.upper),
                limit,
                facts,
                List.copyOf(exemplars));
    }

    private static String unitOf(AnomalyKind kind) {
        return switch (kind) {
            case RATE -> "requests/s";
            case ERRORS -> "share";
            case LATENCY -> "ms";
            default -> "";
        };
    }

    private static List<String> factsOf(CallEvidence calls) {
        return List.of(
                fact("%.1f requests/s, before %.1f", calls.getRateNow(), calls.getRateBefore()),
                fact(
                        "%.1f %% failed, before %.1f %%",
                        calls.getErrorRatioNow() * 100, calls.getErrorRatioBefore() * 100),
                fact("p95 %.0f ms, before %.0f ms", calls.getP95MillisNow(), calls.getP95MillisBefore()));
    }

    private static List<String> factsOf(Anomaly anomaly) {
        List<String> facts = new ArrayList<>();
        LogEvidence log = anomaly.getLog();
        if (log != null) {
            facts.add(log.getTemplate());
            facts.add(fact("%.1f lines/min, before %.1f", log.getPerMinuteNow(), log.getPerMinuteBefore()));
        }
        ForecastEvidence forecast = anomaly.getForecast();
        if (forecast != null) {
            facts.add(fact(
                    "%s is at %.3g of %.3g %s and expected to run out at %s",
                    forecast.getName(),
                    forecast.getCurrent(),
                    forecast.getLimit(),
                    forecast.getUnit(),
                    forecast.getExhaustionAt()));
        }
        SloEvidence slo = anomaly.getSlo();
        if (slo != null) {
            facts.add(fact(
                    "%s: burn rate %.1f, budget left %.0f %%",
                    slo.getObjective(), slo.getBurnRateShort(), slo.getBudgetRemaining() * 100));
        }
        if (anomaly.getPresence() != null) {
            facts.add(fact(
                    "silent for %.0f s, usually heard every %.0f s",
                    anomaly.getPresence().getSilentSeconds(),
                    anomaly.getPresence().getExpectedEverySeconds()));
        }
        return facts;
    }

    private static String fact(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static List<Double> numbers(List<Double> values) {
        List<Double> numbers = new ArrayList<>(values.size());
        values.forEach(value -> numbers.add(finite(value))); // a stream's toList would do, but not for nulls in List.of
        return numbers;
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private record Series(List<Long> times, List<Double> values, List<Double> lower, List<Double> upper) {
        static final Series NONE = new Series(List.of(), List.of(), List.of(), List.of());
    }
}
