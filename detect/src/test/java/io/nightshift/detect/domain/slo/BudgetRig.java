package io.nightshift.detect.domain.slo;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.MetricKind;
import io.nightshift.events.SloEvidence;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One objective that is fed failures and requests as two counters, each ten seconds. */
final class BudgetRig {

    static final long SECOND = 1_000_000;
    static final long START = Instant.parse("2026-11-01T00:00:00Z").getEpochSecond() * SECOND;
    private static final long STEP = 10;

    /** What an alert said, by whom it is for: "page" or "ticket". */
    final Map<String, Finding> open = new HashMap<>();

    final List<String> opened = new ArrayList<>();
    final Objective objective;
    ServiceObjectives objectives;
    long now = START;
    private double carried;

    BudgetRig(Objective objective) {
        this.objective = objective;
        objectives = new ServiceObjectives(List.of(objective));
        tick();
    }

    static BudgetRig of(double target, Duration period) {
        return new BudgetRig(objective(target, new Period.Rolling(period), Budgeting.occurrences()));
    }

    static Objective objective(double target, Period period, Budgeting budgeting) {
        Indicator ratio = new Indicator.Ratio(metric("failures"), true, metric("requests"));
        return objective(ratio, target, period, budgeting);
    }

    static Objective objective(Indicator indicator, double target, Period period, Budgeting budgeting) {
        ServiceKey service = new ServiceKey("demo", "shop", "checkout");
        return new Objective(
                "checkout-availability",
                "availability",
                service,
                service,
                indicator,
                target,
                period,
                budgeting,
                "slo.yaml:1");
    }

    static EventSource metric(String name) {
        return new EventSource.Metric(name, AttributeFilter.all(), false);
    }

    /** Lives on for so long with so many requests a second, of which a share fails. */
    void live(Duration duration, double perSecond, double badShare) {
        for (long left = duration.toSeconds(); left > 0; left -= STEP) {
            double requests = perSecond * STEP;
            carried += requests * badShare;
            double failures = Math.floor(carried + 1e-9);
            carried -= failures;
            send("requests", requests);
            send("failures", failures);
            now += STEP * SECOND;
            tick();
        }
    }

    /** Lives on until an alert opens or the time is over; how long it took. */
    Optional<Duration> liveUntil(String alert, Duration atMost, double perSecond, double badShare) {
        long begun = now;
        while (now - begun < atMost.toSeconds() * SECOND) {
            live(Duration.ofMinutes(1), perSecond, badShare);
            if (open.containsKey(alert)) {
                return Optional.of(Duration.ofSeconds((now - begun) / SECOND));
            }
        }
        return Optional.empty();
    }

    void send(String metric, double events) {
        point(metric, MetricKind.DELTA_SUM, now, 0, events);
    }

    void point(String metric, MetricKind kind, long at, long start, double value) {
        objectives.point(
                new CountedSeries("one", metric, kind, true, Map.of()),
                new CountedSeries.Point(at, start, value, -1, null));
    }

    void tick() {
        objectives.time(now, this::hear);
    }

    private void hear(Judgement judgement) {
        if (judgement instanceof Finding finding) {
            String alert = alert(finding.slot());
            if (open.put(alert, finding) == null) {
                opened.add(alert);
            }
        } else if (judgement instanceof Judgement.Normal normal) {
            open.remove(alert(normal.slot()));
        }
    }

    private static String alert(String slot) {
        return slot.substring(slot.lastIndexOf('|') + 1);
    }

    SloEvidence evidence(String alert) {
        Finding finding = open.get(alert);
        Anomaly.Builder builder = Anomaly.newBuilder()
                .setId("x")
                .setPhase(AnomalyPhase.OPEN)
                .setSubject(finding.subject())
                .setSignal(finding.signal())
                .setKind(AnomalyKind.BURN_RATE)
                .setDirection(finding.direction())
                .setName(finding.name())
                .setSeverity(finding.severity())
                .setOnset(Instant.EPOCH)
                .setDetectedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .setSentence(finding.sentence());
        finding.evidence().addTo(builder);
        return builder.build().getSlo();
    }
}
