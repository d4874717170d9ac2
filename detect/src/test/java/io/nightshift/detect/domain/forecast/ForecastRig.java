package io.nightshift.detect.domain.forecast;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.EntityRef;
import io.nightshift.events.ForecastEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Forecasts of one instance, fed point by point. */
final class ForecastRig {

    static final long SECOND = 1_000_000;
    static final long START = Instant.parse("2026-11-01T00:00:00Z").getEpochSecond() * SECOND;
    static final EntityRef INSTANCE = new EntityRef("demo", "shop", "orders", "orders-1", null);

    final Map<String, Finding> open = new HashMap<>();
    /** When forecasts were raised, since the start. */
    final List<Duration> raised = new ArrayList<>();

    /** How often anything was told. */
    int told;

    ResourceForecasts forecasts = new ResourceForecasts(INSTANCE, ForecastSettings.defaults());
    long now = START;

    void point(String name, String unit, Map<String, String> attributes, double value) {
        forecasts.accept(name, unit, attributes, now, value);
    }

    void judge() {
        forecasts.judge(this::hear);
    }

    private void hear(Judgement judgement) {
        if (judgement instanceof Finding finding) {
            told++;
            if (open.put(finding.slot(), finding) == null) {
                raised.add(passed());
            }
        } else if (judgement instanceof Judgement.Normal normal) {
            open.remove(normal.slot());
        }
    }

    Duration passed() {
        return Duration.ofSeconds((now - START) / SECOND);
    }

    /** A disk of 100 bytes is used to this share; a minute passes. */
    void disk(double share) {
        point("system.filesystem.usage", "By", Map.of("state", "used", "mountpoint", "/data"), 100 * share);
        point("system.filesystem.usage", "By", Map.of("state", "free", "mountpoint", "/data"), 100 - 100 * share);
        judge();
        now += 60 * SECOND;
    }

    /** A heap without any word about collections; fifteen seconds pass. */
    void heap(double share) {
        Map<String, String> pool = Map.of("jvm.memory.pool.name", "G1 Old Gen", "jvm.memory.type", "heap");
        point("jvm.memory.limit", "By", pool, 1000);
        point("jvm.memory.used", "By", pool, 1000 * share);
        judge();
        now += 15 * SECOND;
    }

    /** The same disk as Prometheus' node exporter tells of it; a minute passes. */
    void nodeDisk(double share) {
        Map<String, String> labels = Map.of("device", "/dev/sda1", "mountpoint", "/data");
        point("node_filesystem_avail_bytes", "", labels, 100 - 100 * share);
        point("node_filesystem_size_bytes", "", labels, 100);
        judge();
        now += 60 * SECOND;
    }

    /** A new process of the instance. */
    void newProcess() {
        forecasts.end(this::hear);
    }

    /** Connections of a pool; fifteen seconds pass. */
    void pool(double share) {
        point("db.client.connection.max", "{connection}", Map.of("db.client.connection.pool.name", "main"), 50);
        for (String state : List.of("used", "idle")) {
            double count = state.equals("used") ? 50 * share : 50 - 50 * share;
            point(
                    "db.client.connection.count",
                    "{connection}",
                    Map.of("db.client.connection.pool.name", "main", "db.client.connection.state", state),
                    count);
        }
        judge();
        now += 15 * SECOND;
    }

    Finding only() {
        if (open.size() != 1) {
            throw new AssertionError("open: " + open.keySet());
        }
        return open.values().iterator().next();
    }

    ForecastEvidence evidence() {
        Finding finding = only();
        Anomaly.Builder builder = Anomaly.newBuilder()
                .setId("x")
                .setPhase(AnomalyPhase.OPEN)
                .setSubject(finding.subject())
                .setSignal(finding.signal())
                .setKind(finding.kind())
                .setDirection(finding.direction())
                .setName(finding.name())
                .setSeverity(finding.severity())
                .setOnset(Instant.EPOCH)
                .setDetectedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .setSentence(finding.sentence());
        finding.evidence().addTo(builder);
        return builder.build().getForecast();
    }

    void restart() {
        byte[] bytes = bytes();
        forecasts = new ResourceForecasts(INSTANCE, ForecastSettings.defaults());
        forecasts.read(new StateReader(bytes));
    }

    byte[] bytes() {
        StateWriter out = new StateWriter();
        forecasts.write(out);
        return out.toBytes();
    }
}
