package io.nightshift.ingest.otlp;

import com.google.protobuf.Message;
import io.nightshift.ingest.domain.LogMapping;
import io.nightshift.ingest.domain.MetricMapping;
import io.nightshift.ingest.domain.Normalised;
import io.nightshift.ingest.domain.Reception;
import io.nightshift.ingest.domain.SpanMapping;
import io.nightshift.ingest.publish.Gate;
import io.nightshift.ingest.publish.Mailroom;
import io.nightshift.ingest.publish.Receipt;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One of OTLP's three signals: how its request is read, what it becomes, where that goes and how it is answered. Both
 * transports are made of these.
 *
 * @param name metrics, logs or traces
 * @param grpcService full name of the gRPC service whose {@code Export} takes it
 * @param prototype default instance of the request
 * @param mapping request to records
 * @param topic where the records go
 * @param answer what the sender is told
 */
public record OtlpSignal<Q extends Message, B>(
        String name,
        String grpcService,
        Q prototype,
        BiFunction<Q, Reception, Normalised<B>> mapping,
        Topic<String, B> topic,
        Function<Receipt, Message> answer) {

    public static OtlpSignal<?, ?> metrics(MetricMapping mapping, Topics topics) {
        return new OtlpSignal<>(
                "metrics",
                MetricsServiceGrpc.SERVICE_NAME,
                ExportMetricsServiceRequest.getDefaultInstance(),
                mapping::map,
                topics.metrics(),
                OtlpSignal::metricsAnswer);
    }

    public static OtlpSignal<?, ?> logs(LogMapping mapping, Topics topics) {
        return new OtlpSignal<>(
                "logs",
                LogsServiceGrpc.SERVICE_NAME,
                ExportLogsServiceRequest.getDefaultInstance(),
                mapping::map,
                topics.logs(),
                OtlpSignal::logsAnswer);
    }

    public static OtlpSignal<?, ?> traces(SpanMapping mapping, Topics topics) {
        return new OtlpSignal<>(
                "traces",
                TraceServiceGrpc.SERVICE_NAME,
                ExportTraceServiceRequest.getDefaultInstance(),
                mapping::map,
                topics.spans(),
                OtlpSignal::tracesAnswer);
    }

    /** Takes a request in; the future completes with the answer when everything is in Kafka. */
    CompletableFuture<Message> accept(byte[] body, OtlpEncoding encoding, Reception reception, Gate gate, Mailroom to) {
        Normalised<B> normalised = gate.decode(() -> mapping.apply(encoding.read(prototype, body), reception));
        return to.post(name, topic, normalised, reception).thenApply(answer);
    }

    private static Message metricsAnswer(Receipt receipt) {
        ExportMetricsServiceResponse.Builder response = ExportMetricsServiceResponse.newBuilder();
        if (receipt.rejected() > 0) {
            response.setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                    .setRejectedDataPoints(receipt.rejected())
                    .setErrorMessage(receipt.reasons()));
        }
        return response.build();
    }

    private static Message logsAnswer(Receipt receipt) {
        ExportLogsServiceResponse.Builder response = ExportLogsServiceResponse.newBuilder();
        if (receipt.rejected() > 0) {
            response.setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                    .setRejectedLogRecords(receipt.rejected())
                    .setErrorMessage(receipt.reasons()));
        }
        return response.build();
    }

    private static Message tracesAnswer(Receipt receipt) {
        ExportTraceServiceResponse.Builder response = ExportTraceServiceResponse.newBuilder();
        if (receipt.rejected() > 0) {
            response.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                    .setRejectedSpans(receipt.rejected())
                    .setErrorMessage(receipt.reasons()));
        }
        return response.build();
    }
}
