package io.nightshift.shop.service;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The OpenTelemetry SDK of one process: everything sampled, metrics each second, spans and logs each half second, sent
 * as OTLP over HTTP. A receiver that is away costs data and nothing else: queues are bounded and nothing is retried.
 */
public final class Telemetry {
    private static final String SCOPE = "io.nightshift.shop";
    private static final Duration METRIC_INTERVAL = Duration.ofSeconds(1);
    private static final Duration BATCH_DELAY = Duration.ofMillis(500);
    private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(2);

    private final OpenTelemetrySdk sdk;
    private final ExportGate gate;

    private Telemetry(OpenTelemetrySdk sdk, ExportGate gate) {
        this.sdk = sdk;
        this.gate = gate;
    }

    /** Starts the SDK; without an endpoint everything is measured and nothing leaves the process. */
    public static Telemetry start(Identity identity, Optional<String> endpoint) {
        Resource resource = Resource.getDefault().merge(Resource.create(attributes(identity)));
        ExportGate gate = new ExportGate();
        var tracers = SdkTracerProvider.builder().setResource(resource).setSampler(Sampler.alwaysOn());
        var meters = SdkMeterProvider.builder().setResource(resource);
        var loggers = SdkLoggerProvider.builder().setResource(resource);
        endpoint.ifPresent(url -> {
            var spans = OtlpHttpSpanExporter.builder().setEndpoint(url + "/v1/traces");
            var metrics = OtlpHttpMetricExporter.builder().setEndpoint(url + "/v1/metrics");
            var logs = OtlpHttpLogRecordExporter.builder().setEndpoint(url + "/v1/logs");
            tracers.addSpanProcessor(BatchSpanProcessor.builder(gate.spans(spans.setTimeout(EXPORT_TIMEOUT)
                            .setRetryPolicy(null)
                            .build()))
                    .setScheduleDelay(BATCH_DELAY)
                    .build());
            meters.registerMetricReader(PeriodicMetricReader.builder(gate.metrics(metrics.setTimeout(EXPORT_TIMEOUT)
                            .setRetryPolicy(null)
                            .build()))
                    .setInterval(METRIC_INTERVAL)
                    .build());
            loggers.addLogRecordProcessor(BatchLogRecordProcessor.builder(gate.logs(
                            logs.setTimeout(EXPORT_TIMEOUT).setRetryPolicy(null).build()))
                    .setScheduleDelay(BATCH_DELAY)
                    .build());
        });
        OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(tracers.build())
                .setMeterProvider(meters.build())
                .setLoggerProvider(loggers.build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
        JvmMetrics.observe(sdk.getMeter(SCOPE));
        return new Telemetry(sdk, gate);
    }

    private static Attributes attributes(Identity identity) {
        ProcessHandle self = ProcessHandle.current();
        return Attributes.builder()
                .put("service.name", identity.role().service())
                .put("service.namespace", "shop")
                .put("deployment.environment.name", "demo")
                .put("service.instance.id", identity.instance())
                .put("service.version", identity.version())
                .put(AttributeKey.longKey("process.pid"), self.pid())
                .put(
                        "process.creation.time",
                        self.info().startInstant().map(Object::toString).orElse(""))
                .build();
    }

    public Tracer tracer() {
        return sdk.getTracer(SCOPE);
    }

    public Meter meter() {
        return sdk.getMeter(SCOPE);
    }

    public Logger logger() {
        return sdk.getSdkLoggerProvider().get(SCOPE);
    }

    public TextMapPropagator propagator() {
        return sdk.getPropagators().getTextMapPropagator();
    }

    /** Nothing is exported for so long: what would have been sent is lost, as with a cut network. */
    public void cut(Duration howLong) {
        gate.closeFor(howLong);
    }

    /** Sends what is queued, waiting at most a second, and then nothing more. */
    public void lastWords() {
        CompletableResultCode.ofAll(List.of(
                        sdk.getSdkTracerProvider().forceFlush(),
                        sdk.getSdkMeterProvider().forceFlush(),
                        sdk.getSdkLoggerProvider().forceFlush()))
                .join(1, TimeUnit.SECONDS);
        gate.closeFor(Duration.ofDays(1));
    }
}
