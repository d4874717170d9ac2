package io.nightshift.detect.topology;

import io.nightshift.events.LogBatch;
import io.nightshift.events.LogLine;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricKind;
import io.nightshift.events.MetricSeries;
import io.nightshift.events.Resource;
import io.nightshift.events.Span;
import io.nightshift.events.SpanBatch;
import io.nightshift.events.SpanKind;
import io.nightshift.events.SpanStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Telemetry of a shop as it would send it each second: gateway → orders → two instances of inventory. */
final class Shop {

    private static final double MIB = 1024 * 1024;

    final Random random = new Random(7);
    int callsPerSecond = 20;
    long latencyMicros = 8_000;
    double inventoryFailures;
    long inventoryLatencyMicros;
    double heapShare = 0.35;
    double collectorShare = 0.01;
    long startedMicros;
    private double collected;
    private int calls;

    Shop(long startedMicros) {
        this.startedMicros = startedMicros;
    }

    static Resource resource(String service, String instance, long startedMicros) {
        return Resource.newBuilder()
                .setEnvironment("demo")
                .setNamespace("shop")
                .setService(service)
                .setInstance(instance)
                .setVersion("1.0")
                .setProcessStartMicros(startedMicros)
                .build();
    }

    /** Spans of the second that ends at this time, one batch per service. */
    List<SpanBatch> spans(long endMicros) {
        List<Span> gateway = new ArrayList<>();
        List<Span> orders = new ArrayList<>();
        List<Span> inventory = new ArrayList<>();
        for (int i = 0; i < callsPerSecond; i++) {
            calls++;
            String trace = String.format("%032x", calls);
            long base = (long) (latencyMicros * (0.8 + 0.4 * random.nextDouble()));
            boolean failed = random.nextDouble() < inventoryFailures;
            long slow = failed ? 2_000_000 : base + inventoryLatencyMicros;
            gateway.add(span(trace, "a", null, SpanKind.SERVER, endMicros, slow + 3000, failed, null));
            gateway.add(span(trace, "b", "a", SpanKind.CLIENT, endMicros, slow + 2500, failed, "orders"));
            orders.add(span(trace, "c", "b", SpanKind.SERVER, endMicros, slow + 2000, failed, null));
            orders.add(span(trace, "d", "c", SpanKind.CLIENT, endMicros, slow + 1500, failed, "inventory"));
            inventory.add(span(trace, "e", "d", SpanKind.SERVER, endMicros, slow, false, null));
        }
        return List.of(
                batch("gateway", "gateway-1", gateway),
                batch("orders", "orders-1", orders),
                batch("inventory", "inventory-1", inventory));
    }

    private SpanBatch batch(String service, String instance, List<Span> spans) {
        return SpanBatch.newBuilder()
                .setResource(resource(service, instance, startedMicros))
                .setSpans(spans)
                .build();
    }

    private static Span span(
            String trace,
            String id,
            String parent,
            SpanKind kind,
            long end,
            long duration,
            boolean failed,
            String peer) {
        return Span.newBuilder()
                .setTraceId(trace)
                .setSpanId(trace.substring(17) + id)
                .setParentSpanId(parent == null ? null : trace.substring(17) + parent)
                .setName("GET /")
                .setKind(kind)
                .setStartMicros(end - duration)
                .setDurationMicros(duration)
                .setStatus(failed ? SpanStatus.ERROR : SpanStatus.UNSET)
                .setAttributes(peer == null ? Map.of() : Map.of("peer.service", peer))
                .build();
    }

    /** Memory and collector metrics of inventory-1, and the CPU of the others. */
    List<MetricBatch> metrics(long atMicros) {
        collected += collectorShare;
        Map<String, String> old = Map.of("jvm.memory.pool.name", "Tenured Gen", "jvm.memory.type", "heap");
        Map<String, String> eden = Map.of("jvm.memory.pool.name", "Eden Space", "jvm.memory.type", "heap");
        double limit = 43 * MIB;
        List<MetricSeries> series = List.of(
                level("jvm.memory.used_after_last_gc", "By", old, atMicros, heapShare * limit),
                level("jvm.memory.limit", "By", old, atMicros, limit),
                level("jvm.memory.used_after_last_gc", "By", eden, atMicros, 0),
                level("jvm.memory.limit", "By", eden, atMicros, 17 * MIB),
                level("jvm.cpu.recent_utilization", "1", Map.of(), atMicros, 0.2 + 0.02 * random.nextGaussian()),
                collector(atMicros));
        return List.of(
                MetricBatch.newBuilder()
                        .setResource(resource("inventory", "inventory-1", startedMicros))
                        .setSeries(series)
                        .build(),
                MetricBatch.newBuilder()
                        .setResource(resource("inventory", "inventory-2", 1))
                        .setSeries(List.of(level("jvm.thread.count", "{thread}", Map.of(), atMicros, 20)))
                        .build());
    }

    static MetricSeries level(String name, String unit, Map<String, String> attributes, long at, double value) {
        return MetricSeries.newBuilder()
                .setName(name)
                .setUnit(unit)
                .setKind(MetricKind.GAUGE)
                .setAttributes(attributes)
                .setTimesMicros(List.of(at))
                .setValues(List.of(value))
                .build();
    }

    private MetricSeries collector(long at) {
        return MetricSeries.newBuilder()
                .setName("jvm.gc.duration")
                .setUnit("s")
                .setKind(MetricKind.CUMULATIVE_HISTOGRAM)
                .setAttributes(Map.of("jvm.gc.name", "MarkSweepCompact"))
                .setStartTimesMicros(List.of(startedMicros))
                .setTimesMicros(List.of(at))
                .setValues(List.of(collected))
                .setCounts(List.of((long) (collected * 10)))
                .build();
    }

    static LogBatch logs(String service, long at, int severity, String... bodies) {
        List<LogLine> lines = new ArrayList<>();
        for (String body : bodies) {
            lines.add(LogLine.newBuilder()
                    .setTimeMicros(at)
                    .setSeverity(severity)
                    .setBody(body)
                    .build());
        }
        return LogBatch.newBuilder()
                .setResource(resource(service, service + "-1", 1))
                .setLines(lines)
                .build();
    }
}
