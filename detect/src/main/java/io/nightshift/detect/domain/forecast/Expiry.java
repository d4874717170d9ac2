package io.nightshift.detect.domain.forecast;

import io.nightshift.detect.domain.report.Bounded;
import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.ForecastEvidence;
import io.nightshift.events.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Something that ends at a known time, such as a certificate. Told of within the horizon; one that was renewed before is told
 * of in the last quarter of its life only, so that short-lived certificates which renew themselves stay silent.
 */
final class Expiry {

    /** A time of expiry that moves by more than this was renewed; clocks and rounding move it less. */
    private static final double RENEWED_SECONDS = 3_600;

    private static final double LAST_PART = 0.25;

    private final EntityRef instance;
    private final String name;
    private final Map<String, String> attributes;
    private final double horizonSeconds;
    private double endSeconds = Double.NaN;
    /** Life that it had when it was renewed; NaN before a renewal was seen. */
    private double lifeSeconds = Double.NaN;

    private long heardAt;
    private long everyMicros = TimeUnit.MINUTES.toMicros(1);
    /** Time of the point with which it was last told of. */
    private long saidAt;

    private boolean open;
    private long onsetMicros;

    Expiry(EntityRef instance, String name, Map<String, String> attributes, ForecastSettings settings) {
        this.instance = instance;
        this.name = name;
        this.attributes = attributes;
        this.horizonSeconds = settings.micros(ResourceKind.CERTIFICATE) / 1e6;
    }

    /** @param end when it expires, seconds since the epoch; not above 0 when nothing is known */
    void at(long micros, double end) {
        if (micros <= heardAt || !(end > 0)) {
            return;
        }
        everyMicros = heardAt == 0 ? everyMicros : micros - heardAt;
        heardAt = micros;
        if (end > endSeconds + RENEWED_SECONDS) {
            lifeSeconds = end - micros / 1e6;
        }
        endSeconds = end;
    }

    void judge(Consumer<Judgement> out) {
        double left = endSeconds - heardAt / 1e6;
        double within = Double.isNaN(lifeSeconds) ? horizonSeconds : Math.min(horizonSeconds, LAST_PART * lifeSeconds);
        boolean soon = left <= within;
        onsetMicros = open ? onsetMicros : heardAt;
        if (soon && heardAt > saidAt) {
            saidAt = heardAt;
            out.accept(finding(left, within));
        } else if (open && !soon) {
            out.accept(new Judgement.Normal(slot()));
        }
        open = soon;
    }

    private Finding finding(double left, double within) {
        Instant end = Instant.ofEpochSecond((long) endSeconds);
        return new Finding(
                slot(),
                instance,
                Signal.FORECAST,
                AnomalyKind.EXHAUSTION,
                Direction.DOWN,
                name,
                Exhaustion.severity(within, Math.max(left, 1)),
                0,
                onsetMicros,
                Exhaustion.holdMicros(everyMicros),
                ForecastWords.expiry(instance, name, attributes, left),
                anomaly -> anomaly.setForecast(new ForecastEvidence(
                        name, "s", left, 0.0, -1.0, end, end, end, Bounded.attributes(attributes))),
                List.of());
    }

    private String slot() {
        return Exhaustion.slot(instance, name, attributes);
    }

    String stem() {
        return name;
    }

    Map<String, String> attributes() {
        return attributes;
    }

    void write(StateWriter out) {
        out.float64(endSeconds)
                .float64(lifeSeconds)
                .int64(heardAt)
                .int64(everyMicros)
                .flag(open)
                .int64(onsetMicros);
    }

    void read(StateReader in) {
        endSeconds = in.float64();
        lifeSeconds = in.float64();
        heardAt = in.int64();
        everyMicros = in.int64();
        open = in.flag();
        onsetMicros = in.int64();
    }
}
