package io.nightshift.ingest.otlp;

import static io.nightshift.ingest.Doors.NOW_MICROS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.RetryInfo;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.nightshift.ingest.Doors;
import io.nightshift.ingest.Otlp;
import io.nightshift.ingest.TestSettings;
import io.nightshift.runtime.StageHealth;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OtlpGrpcTest {
    private Doors doors;
    private ManagedChannel channel;

    @AfterEach
    void close() throws InterruptedException {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        doors.close();
    }

    private void connect(Doors to) {
        doors = to;
        channel = NettyChannelBuilder.forAddress("127.0.0.1", to.stage.grpcPort())
                .usePlaintext()
                .build();
    }

    @Test
    void allThreeSignalsAreTakenOverOneConnection() {
        connect(Doors.open());

        MetricsServiceGrpc.newBlockingStub(channel)
                .export(Otlp.metrics(Otlp.gauge("jvm.memory.used", Otlp.point(1, NOW_MICROS))));
        LogsServiceGrpc.newBlockingStub(channel)
                .withCompression("gzip")
                .export(Otlp.logs(Otlp.line("out of memory", NOW_MICROS)));
        TraceServiceGrpc.newBlockingStub(channel).export(Otlp.traces(Otlp.span(NOW_MICROS, 12)));

        assertThat(doors.sent(doors.topics.metrics())).hasSize(1);
        assertThat(doors.sent(doors.topics.logs()).get(0).getLines().get(0).getBody())
                .isEqualTo("out of memory");
        assertThat(doors.sent(doors.topics.spans()).get(0).getSource()).isEqualTo("otlp-grpc");
    }

    @Test
    void whatWasLeftOutIsReportedAndTheBooksBalance() {
        connect(Doors.open());
        long yearAhead = NOW_MICROS + 365L * 86_400_000_000L;

        ExportMetricsServiceResponse answer = MetricsServiceGrpc.newBlockingStub(channel)
                .export(Otlp.metrics(Otlp.gauge(
                        "jvm.memory.used",
                        Otlp.point(1, NOW_MICROS),
                        Otlp.point(2, yearAhead),
                        Otlp.point(Double.POSITIVE_INFINITY, NOW_MICROS),
                        Otlp.point(Double.NaN, NOW_MICROS))));

        assertThat(answer.getPartialSuccess().getRejectedDataPoints()).isEqualTo(2);
        assertThat(answer.getPartialSuccess().getErrorMessage()).contains("future", "infinite");
        assertThat(doors.account("accepted")).isEqualTo(4);
        assertThat(doors.account("published")).isEqualTo(1);
        assertThat(doors.account("quarantined")).isEqualTo(1);
        assertThat(doors.account("dropped")).isEqualTo(2);
    }

    @Test
    void aBodyThatIsNoProtobufIsInvalidArgumentWithTheRemedy() {
        connect(Doors.open());
        MethodDescriptor<byte[], ExportMetricsServiceResponse> raw =
                MethodDescriptor.<byte[], ExportMetricsServiceResponse>newBuilder()
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(MetricsServiceGrpc.getExportMethod().getFullMethodName())
                        .setRequestMarshaller(Marshallers.BYTES)
                        .setResponseMarshaller(ProtoUtils.marshaller(ExportMetricsServiceResponse.getDefaultInstance()))
                        .build();

        StatusRuntimeException refusal = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> ClientCalls.blockingUnaryCall(channel, raw, CallOptions.DEFAULT, new byte[] {'{', '}', 9}));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal.getStatus().getDescription()).contains("ExportMetricsServiceRequest");
    }

    @Test
    void anUnacknowledgedBatchIsUnavailableWithRetryInfoAndTheStageSaysSo() {
        connect(Doors.withUnhurriedKafka(TestSettings.defaults()));
        var call = LogsServiceGrpc.newFutureStub(channel).export(Otlp.logs(Otlp.line("hello", NOW_MICROS)));
        Awaitility.await().until(() -> doors.producer.errorNext(new TimeoutException("broker is away")));

        assertThat(call)
                .failsWithin(java.time.Duration.ofSeconds(5))
                .withThrowableThat()
                .satisfies(failure -> {
                    Throwable cause = failure.getCause();
                    assertThat(Status.fromThrowable(cause).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                    assertThat(StatusProto.fromThrowable(cause).getDetails(0).is(RetryInfo.class))
                            .isTrue();
                });
        assertThat(doors.stage.health().state()).isEqualTo(StageHealth.State.DEGRADED);
        assertThat(doors.account("accepted")).isZero();
        assertThat(doors.account("refused.requests")).isEqualTo(1);
    }

    @Test
    void withTooManyRequestsInWorkTheNextIsResourceExhaustedWithRetryInfo() {
        connect(Doors.withUnhurriedKafka(TestSettings.with(1, 1_000_000)));
        var first = LogsServiceGrpc.newFutureStub(channel).export(Otlp.logs(Otlp.line("first", NOW_MICROS)));
        Awaitility.await().until(() -> !doors.producer.history().isEmpty());

        StatusRuntimeException refusal =
                catchThrowableOfType(StatusRuntimeException.class, () -> LogsServiceGrpc.newBlockingStub(channel)
                        .export(Otlp.logs(Otlp.line("second", NOW_MICROS))));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(StatusProto.fromThrowable(refusal).getDetailsCount()).isEqualTo(1);
        doors.producer.completeNext();
        assertThat(first).succeedsWithin(java.time.Duration.ofSeconds(5));
    }

    @Test
    void bytesWaitingForKafkaAreBounded() {
        connect(Doors.withUnhurriedKafka(TestSettings.with(64, 1000)));

        StatusRuntimeException refusal =
                catchThrowableOfType(StatusRuntimeException.class, () -> LogsServiceGrpc.newBlockingStub(channel)
                        .export(Otlp.logs(Otlp.line("x".repeat(2000), NOW_MICROS))));

        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(doors.producer.history()).isEmpty();
    }
}
