package io.nightshift.deploy;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * What gateway → orders → inventory would send each second, over real OTLP/HTTP: spans of their calls, and the memory and
 * collector of inventory. Once it leaks, the heap is full, the collector busy, and most calls of inventory fail.
 */
final class LeakingShop {

    private static final int CALLS = 20;
    private static final long MILLI = 1_000_000;
    private static final double HEAP = 43.0 * 1024 * 1024;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Random random = new Random(7);
    private final URI door;
    private final Instant started = Instant.now().minusSeconds(600);
    private boolean leaks;
    private double collectedSeconds;
    private long calls;

    /** @param door base of the OTLP/HTTP receiver */
    LeakingShop(URI door) {
        this.door = door;
    }

    void leak() {
        leaks = true;
    }

    /** Sends the second that ends now. */
    void liveASecond() throws IOException, InterruptedException {
        long now = Instant.now().toEpochMilli() * MILLI;
        post("/v1/traces", spans(now));
        post("/v1/metrics", metrics(now));
    }

    private void post(String path, MessageLite message) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(door.resolve(path))
                        .header("Content-Type", "application/x-protobuf")
                        .timeout(Duration.ofSeconds(15))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(message.toByteArray()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the OTLP door answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    private ExportTraceServiceRequest spans(long now) {
        ScopeSpans.Builder gateway = ScopeSpans.newBuilder();
        ScopeSpans.Builder orders = ScopeSpans.newBuilder();
        ScopeSpans.Builder inventory = ScopeSpans.newBuilder();
        for (int i = 0; i < CALLS; i++) {
            calls++;
            boolean failed = leaks && random.nextDouble() < 0.6;
            long took = failed ? 2_000 * MILLI : (6 + random.nextInt(5)) * MILLI;
            gateway.addSpans(span(1, 0, Span.SpanKind.SPAN_KIND_SERVER, now, took + 4 * MILLI, failed));
            gateway.addSpans(peer(span(2, 1, Span.SpanKind.SPAN_KIND_CLIENT, now, took + 3 * MILLI, failed), "orders"));
            orders.addSpans(span(3, 2, Span.SpanKind.SPAN_KIND_SERVER, now, took + 2 * MILLI, failed));
            orders.addSpans(peer(span(4, 3, Span.SpanKind.SPAN_KIND_CLIENT, now, took + MILLI, failed), "inventory"));
            inventory.addSpans(span(5, 4, Span.SpanKind.SPAN_KIND_SERVER, now, took, failed));
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(of("gateway", gateway))
                .addResourceSpans(of("orders", orders))
                .addResourceSpans(of("inventory", inventory))
                .build();
    }

    private ResourceSpans of(String service, ScopeSpans.Builder spans) {
        return ResourceSpans.newBuilder()
                .setResource(resource(service))
                .addScopeSpans(spans)
                .build();
    }

    private Span.Builder span(long place, long parent, Span.SpanKind kind, long end, long took, boolean failed) {
        return Span.newBuilder()
                .setTraceId(bytes(calls, 1))
                .setSpanId(bytes(calls * 10 + place))
                .setParentSpanId(parent == 0 ? ByteString.EMPTY : bytes(calls * 10 + parent))
                .setName("GET /")
                .setKind(kind)
                .setStartTimeUnixNano(end - took)
                .setEndTimeUnixNano(end)
                .setStatus(Status.newBuilder()
                        .setCode(failed ? Status.StatusCode.STATUS_CODE_ERROR : Status.StatusCode.STATUS_CODE_UNSET));
    }

    private static Span.Builder peer(Span.Builder span, String service) {
        return span.addAttributes(text("peer.service", service));
    }

    private ExportMetricsServiceRequest metrics(long now) {
        collectedSeconds += leaks ? 0.7 : 0.01;
        ScopeMetrics memory = ScopeMetrics.newBuilder()
                .addMetrics(pool("jvm.memory.used_after_last_gc", now, (leaks ? 0.97 : 0.35) * HEAP))
                .addMetrics(pool("jvm.memory.limit", now, HEAP))
                .addMetrics(Metric.newBuilder()
                        .setName("jvm.gc.duration")
                        .setUnit("s")
                        .setHistogram(Histogram.newBuilder()
                                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                                .addDataPoints(HistogramDataPoint.newBuilder()
                                        .addAttributes(text("jvm.gc.name", "MarkSweepCompact"))
                                        .setStartTimeUnixNano(started.toEpochMilli() * MILLI)
                                        .setTimeUnixNano(now)
                                        .setSum(collectedSeconds)
                                        .setCount((long) (collectedSeconds * 10))
                                        .addBucketCounts((long) (collectedSeconds * 10)))))
                .build();
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(resource("inventory"))
                        .addScopeMetrics(memory))
                .build();
    }

    private static Metric pool(String name, long now, double bytes) {
        return Metric.newBuilder()
                .setName(name)
                .setUnit("By")
                .setGauge(Gauge.newBuilder()
                        .addDataPoints(NumberDataPoint.newBuilder()
                                .addAllAttributes(
                                        texts(Map.of("jvm.memory.pool.name", "Tenured Gen", "jvm.memory.type", "heap")))
                                .setTimeUnixNano(now)
                                .setAsDouble(bytes)))
                .build();
    }

    private Resource resource(String service) {
        return Resource.newBuilder()
                .addAllAttributes(texts(Map.of(
                        "service.name",
                        service,
                        "service.namespace",
                        "shop",
                        "deployment.environment.name",
                        "demo",
                        "service.instance.id",
                        service + "-1",
                        "service.version",
                        "1.0",
                        "process.creation.time",
                        started.toString())))
                .build();
    }

    private static List<KeyValue> texts(Map<String, String> attributes) {
        return attributes.entrySet().stream()
                .map(entry -> text(entry.getKey(), entry.getValue()))
                .collect(Collectors.toList());
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static ByteString bytes(long... parts) {
        ByteBuffer buffer = ByteBuffer.allocate(parts.length * Long.BYTES);
        for (long part : parts) {
            buffer.putLong(part);
        }
        return ByteString.copyFrom(buffer.array());
    }
}
