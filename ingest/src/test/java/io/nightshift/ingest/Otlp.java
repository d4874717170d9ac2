package io.nightshift.ingest;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;

/** OTLP messages as a sender makes them. */
public final class Otlp {
    public static final String TRACE = "5b8efff798038103d269b633813fc60c";
    public static final String SPAN = "eee19b7ec3c1b174";
    public static final String PARENT = "eee19b7ec3c1b173";

    private Otlp() {}

    public static Resource shop(String service) {
        return Resource.newBuilder()
                .addAttributes(text("service.name", service))
                .addAttributes(text("service.namespace", "shop"))
                .addAttributes(text("deployment.environment.name", "demo"))
                .addAttributes(text("service.instance.id", service + "-1"))
                .addAttributes(text("service.version", "1.4.0"))
                .addAttributes(text("process.creation.time", "2026-03-01T02:00:00Z"))
                .addAttributes(text("host.arch", "amd64"))
                .build();
    }

    public static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    public static KeyValue number(String key, long value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setIntValue(value))
                .build();
    }

    public static ByteString hex(String digits) {
        return ByteString.copyFrom(HexFormat.of().parseHex(digits));
    }

    public static NumberDataPoint.Builder point(double value, long micros) {
        return NumberDataPoint.newBuilder().setAsDouble(value).setTimeUnixNano(micros * 1000);
    }

    public static Metric gauge(String name, NumberDataPoint.Builder... points) {
        Gauge.Builder gauge = Gauge.newBuilder();
        for (NumberDataPoint.Builder point : points) {
            gauge.addDataPoints(point);
        }
        return Metric.newBuilder().setName(name).setUnit("By").setGauge(gauge).build();
    }

    public static ExportMetricsServiceRequest metrics(Metric... metrics) {
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
        for (Metric metric : metrics) {
            scope.addMetrics(metric);
        }
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(shop("inventory"))
                        .addScopeMetrics(scope))
                .build();
    }

    public static LogRecord.Builder line(String body, long micros) {
        return LogRecord.newBuilder()
                .setTimeUnixNano(micros * 1000)
                .setSeverityNumberValue(17)
                .setSeverityText("ERROR")
                .setBody(AnyValue.newBuilder().setStringValue(body));
    }

    public static ExportLogsServiceRequest logs(LogRecord.Builder... lines) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (LogRecord.Builder line : lines) {
            scope.addLogRecords(line);
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(
                        ResourceLogs.newBuilder().setResource(shop("inventory")).addScopeLogs(scope))
                .build();
    }

    public static Span.Builder span(long startMicros, long durationMicros) {
        return Span.newBuilder()
                .setTraceId(hex(TRACE))
                .setSpanId(hex(SPAN))
                .setParentSpanId(hex(PARENT))
                .setName("GET /stock")
                .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
                .setStartTimeUnixNano(startMicros * 1000)
                .setEndTimeUnixNano((startMicros + durationMicros) * 1000);
    }

    public static ExportTraceServiceRequest traces(Span.Builder... spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (Span.Builder span : spans) {
            scope.addSpans(span);
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder().setResource(shop("orders")).addScopeSpans(scope))
                .build();
    }
}
