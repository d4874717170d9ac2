package io.nightshift.bench.rca;

import io.nightshift.investigate.domain.measure.Measured;
import io.nightshift.investigate.domain.measure.Observations;
import io.nightshift.investigate.domain.measure.Requests;
import io.nightshift.investigate.domain.measure.SignKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Measurements in words. Only kinds and figures are told: names of metrics, operations and alarms would tell which data set it
 * is.
 */
final class MeasuredWords {

    private static final int HALF = 50;
    private static final MathContext DIGITS = new MathContext(3);

    private MeasuredWords() {}

    /**
     * The measurement of one kind of one entity; empty when it neither shows anything nor has a figure.
     *
     * @param name how the entity is called
     */
    static Optional<String> of(Observations seen, Measured one, String name) {
        Optional<String> levels = levels(seen, one);
        if (one.raw().volume() <= 0 && levels.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(name + ": " + one.kind().words() + ": "
                + levels.map(text -> text + "; ").orElse("") + excess(one));
    }

    private static String excess(Measured one) {
        if (one.raw().volume() <= 0) {
            return "no more than usual";
        }
        String own = one.own() >= one.raw().volume()
                ? ""
                : ", of which " + number(one.own()) + " are not explained by what it calls";
        return "excess " + number(one.raw().volume()) + own + ", "
                + number(one.raw().significance()) + " standard deviations";
    }

    private static Optional<String> levels(Observations seen, Measured one) {
        Optional<Requests> requests = seen.requests().stream()
                .filter(of -> of.entity().equals(one.entity()))
                .findFirst();
        return switch (one.kind()) {
            case LATENCY ->
                requests.flatMap(
                        of -> medians(of.before().durations(), of.after().durations()));
            case LOAD ->
                requests.flatMap(of -> medians(of.before().counts(), of.after().counts()));
            case ERRORS ->
                requests.map(of ->
                        "share " + number(failing(of.before())) + " before, " + number(failing(of.after())) + " now");
            default -> gauge(seen, one.entity(), one.kind());
        };
    }

    /** Of several gauges the one that rose most for its own level, for one item has one pair of figures. */
    private static Optional<String> gauge(Observations seen, String entity, SignKind kind) {
        return seen.gauges().stream()
                .filter(gauge -> gauge.entity().equals(entity) && gauge.kind() == kind)
                .max(Comparator.comparingDouble(
                        gauge -> median(gauge.after()) / Math.max(1e-9, median(gauge.before()))))
                .flatMap(gauge -> medians(gauge.before(), gauge.after()));
    }

    private static Optional<String> medians(double[] before, double[] after) {
        double usual = median(before);
        double now = median(after);
        return Double.isFinite(usual) && Double.isFinite(now)
                ? Optional.of("median " + number(usual) + " before, " + number(now) + " now")
                : Optional.empty();
    }

    /** Share of failures among the requests of those intervals in which both are known; 0 when there was none. */
    private static double failing(Requests.Intervals of) {
        double requests = 0;
        double failed = 0;
        for (int i = 0; i < of.counts().length; i++) {
            if (Double.isFinite(of.counts()[i]) && Double.isFinite(of.errors()[i])) {
                requests += of.counts()[i];
                failed += of.errors()[i];
            }
        }
        return requests > 0 ? failed / requests : 0;
    }

    private static double median(double[] values) {
        return StatUtils.percentile(known(values), HALF);
    }

    private static double[] known(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).toArray();
    }

    private static String number(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString()
                : "unknown";
    }
}
