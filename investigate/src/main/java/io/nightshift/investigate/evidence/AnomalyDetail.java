package io.nightshift.investigate.evidence;

import static io.nightshift.investigate.evidence.Words.format;

import io.nightshift.events.Anomaly;
import io.nightshift.events.CallEvidence;
import io.nightshift.events.LogEvidence;
import io.nightshift.events.MetricEvidence;
import io.nightshift.investigate.domain.Untrusted;
import java.util.stream.Collectors;

/** The proof that an anomaly carries, in words. */
final class AnomalyDetail {

    private static final int LINE = 200;
    private static final int POINTS = 8;

    private AnomalyDetail() {}

    static String of(Anomaly anomaly) {
        if (anomaly.getMetric() != null) {
            return metric(anomaly.getMetric());
        }
        if (anomaly.getCalls() != null) {
            return calls(anomaly.getCalls());
        }
        if (anomaly.getLog() != null) {
            return log(anomaly.getLog());
        }
        if (anomaly.getPresence() != null) {
            return format("; silent for %.0f s", anomaly.getPresence().getSilentSeconds());
        }
        if (anomaly.getForecast() != null) {
            return format(
                    "; exhausted at %s if the trend goes on",
                    anomaly.getForecast().getExhaustionAt());
        }
        if (anomaly.getSlo() != null) {
            return format(
                    "; error budget burns %.1f times too fast", anomaly.getSlo().getBurnRateShort());
        }
        return "";
    }

    private static String metric(MetricEvidence metric) {
        int step = Math.max(1, metric.getValues().size() / POINTS);
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < metric.getValues().size(); i += step) {
            values.append(' ').append(Words.number(metric.getValues().get(i)));
        }
        String limit = metric.getLimit() == null ? "" : ", limit " + Words.number(metric.getLimit());
        String band = metric.getUpper().isEmpty()
                ? ""
                : ", expected at most "
                        + Words.number(metric.getUpper().get(metric.getUpper().size() - 1));
        return Untrusted.labels(metric.getAttributes()) + "; values" + values + band + limit;
    }

    private static String calls(CallEvidence calls) {
        String traces =
                calls.getExemplarTraceIds().stream().limit(3).map(Untrusted::id).collect(Collectors.joining(" "));
        return format(
                        "; requests a second %.1f → %.1f, failing %.1f %% → %.1f %%, 95th percentile %.0f → %.0f ms",
                        calls.getRateBefore(),
                        calls.getRateNow(),
                        100 * calls.getErrorRatioBefore(),
                        100 * calls.getErrorRatioNow(),
                        calls.getP95MillisBefore(),
                        calls.getP95MillisNow())
                + (traces.isEmpty() ? "" : "; traces " + traces);
    }

    private static String log(LogEvidence log) {
        return format("; lines a minute %.1f → %.1f; template ", log.getPerMinuteBefore(), log.getPerMinuteNow())
                + Untrusted.template(log.getTemplate(), LINE)
                + log.getExemplars().stream()
                        .limit(1)
                        .map(line -> "; for example " + Untrusted.template(line, LINE))
                        .collect(Collectors.joining());
    }
}
