package io.nightshift.oversee.story;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.CallEvidence;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.LogEvidence;
import io.nightshift.events.MetricEvidence;
import io.nightshift.events.RecordRef;
import io.nightshift.events.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Anomalies of the leak as detect would report them, drawn with a fixed seed. */
final class Telemetry {

    private static final int POINTS = 60;
    private static final int BEFORE = 15;
    private static final long STEP_SECONDS = 2;
    private static final double MEBIBYTE = 1024 * 1024;

    private final Instant fault;
    private final Random chance = new Random(7);

    /** @param fault when the leaking release began to serve */
    Telemetry(Instant fault) {
        this.fault = fault;
    }

    static EntityRef service(String name) {
        return new EntityRef("demo", "shop", name, null, null);
    }

    static EntityRef instance(String service, String name) {
        return new EntityRef("demo", "shop", service, name, null);
    }

    static EntityRef edge(String from, String to) {
        return new EntityRef("demo", "shop", from, null, "demo/shop/" + to);
    }

    Anomaly heap(String instance, int detectedAfter) {
        List<Double> values = new ArrayList<>();
        List<Double> upper = new ArrayList<>();
        List<Double> lower = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            double seconds = (i - BEFORE) * STEP_SECONDS;
            double used = seconds < 0 ? 21 : Math.min(21 + 0.75 * seconds, 62.5);
            values.add((used + chance.nextGaussian() * 0.6) * MEBIBYTE);
            lower.add(i < 6 ? Double.NaN : 17 * MEBIBYTE);
            upper.add(i < 6 ? Double.NaN : 26 * MEBIBYTE);
        }
        MetricEvidence metric = MetricEvidence.newBuilder()
                .setName("jvm.memory.used_after_last_gc")
                .setUnit("By")
                .setAttributes(Map.of("jvm.memory.pool.name", "Tenured Gen"))
                .setTimesMicros(times())
                .setValues(values)
                .setLower(lower)
                .setUpper(upper)
                .setLimit(64 * MEBIBYTE)
                .build();
        return base(
                        instance("inventory", instance),
                        Signal.METRIC,
                        AnomalyKind.DRIFT,
                        metric.getName(),
                        0,
                        detectedAfter)
                .setSeverity(6.4)
                .setMetric(metric)
                .setSentence(
                        "Heap of " + instance + " after collection grows by 0.75 MiB/s towards its limit of 64 MiB")
                .build();
    }

    Anomaly latency(String from, String to, int onset, int detectedAfter, double before, double now) {
        return calls(edge(from, to), AnomalyKind.LATENCY, onset, detectedAfter, before, now)
                .setSeverity(5.1)
                .setSentence(
                        String.format("Calls from %s to %s take %.0f ms instead of %.0f ms", from, to, now, before))
                .build();
    }

    Anomaly errors(String service, int onset, int detectedAfter, double now) {
        return calls(service(service), AnomalyKind.ERRORS, onset, detectedAfter, 0.001, now)
                .setSeverity(8.2)
                .setSentence(String.format("%.0f %% of requests to %s fail, usually none", now * 100, service))
                .build();
    }

    Anomaly logs(String service, String template, String exemplar, int onset) {
        return base(service(service), Signal.LOG, AnomalyKind.NEW_TEMPLATE, "T-4f2a", onset, onset + 3)
                .setSeverity(1.8)
                .setLog(LogEvidence.newBuilder()
                        .setTemplateId("T-4f2a")
                        .setTemplate(template)
                        .setSeverity(17)
                        .setExemplars(List.of(exemplar))
                        .setPerMinuteBefore(0.0)
                        .setPerMinuteNow(34.0)
                        .setFirstSeen(fault.plusSeconds(onset))
                        .build())
                .setSentence(service + " logs something new: " + template)
                .build();
    }

    static Anomaly cleared(Anomaly anomaly, Instant at) {
        return Anomaly.newBuilder(anomaly)
                .setPhase(AnomalyPhase.CLEAR)
                .setUpdatedAt(at)
                .setClearedAt(at)
                .build();
    }

    private Anomaly.Builder calls(
            EntityRef subject, AnomalyKind kind, int onset, int detectedAfter, double before, double now) {
        List<Double> values = new ArrayList<>();
        List<Double> lower = new ArrayList<>();
        List<Double> upper = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            double seconds = (i - BEFORE) * STEP_SECONDS - onset;
            double level = seconds < 0 ? before : before + (now - before) * Math.min(1, seconds / 10);
            values.add(Math.max(0, level * (1 + chance.nextGaussian() * 0.08)));
            lower.add(before * 0.6);
            upper.add(before * 1.6);
        }
        boolean errors = kind == AnomalyKind.ERRORS;
        CallEvidence evidence = CallEvidence.newBuilder()
                .setWindowSeconds(10)
                .setRateBefore(42.0)
                .setRateNow(38.5)
                .setErrorRatioBefore(errors ? before : 0.001)
                .setErrorRatioNow(errors ? now : 0.12)
                .setP50MillisBefore(9.0)
                .setP50MillisNow(310.0)
                .setP95MillisBefore(errors ? 22.0 : before)
                .setP95MillisNow(errors ? 2900.0 : now)
                .setExemplarTraceIds(List.of("4bf92f3577b34da6a3ce929d0e0e4736"))
                .setTimesMicros(times())
                .setValues(values)
                .setLower(lower)
                .setUpper(upper)
                .build();
        String name = errors ? "errors" : "duration";
        return base(subject, Signal.TRACE, kind, name, onset, detectedAfter).setCalls(evidence);
    }

    private Anomaly.Builder base(
            EntityRef subject, Signal signal, AnomalyKind kind, String name, int onset, int detectedAfter) {
        Instant detected = fault.plusSeconds(detectedAfter);
        return Anomaly.newBuilder()
                .setId("anm-" + Integer.toHexString((subject + name + fault).hashCode()))
                .setPhase(AnomalyPhase.OPEN)
                .setSubject(subject)
                .setSignal(signal)
                .setKind(kind)
                .setDirection(Direction.UP)
                .setName(name)
                .setOnset(fault.plusSeconds(onset))
                .setDetectedAt(detected)
                .setUpdatedAt(detected)
                .setRefs(List.of(new RecordRef("telemetry.metrics", 2, 48_213L)));
    }

    private List<Long> times() {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            times.add(fault.plusSeconds((i - BEFORE) * STEP_SECONDS).toEpochMilli() * 1000);
        }
        return times;
    }
}
