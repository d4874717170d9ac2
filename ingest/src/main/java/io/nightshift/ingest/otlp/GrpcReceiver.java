package io.nightshift.ingest.otlp;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.nightshift.ingest.domain.Reception;
import io.nightshift.ingest.domain.Refused;
import io.nightshift.ingest.http.Endpoint;
import io.nightshift.ingest.publish.Accounts;
import io.nightshift.ingest.publish.Gate;
import io.nightshift.ingest.publish.Mailroom;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OTLP over gRPC. Bodies are taken as bytes and read by us, so that one that is no protobuf is answered with the sentence
 * that says so, and not as an internal error.
 */
public final class GrpcReceiver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GrpcReceiver.class);
    private static final String SOURCE = "otlp-grpc";
    private static final int CALLS_PER_CONNECTION = 8;
    private static final int MAX_METADATA_BYTES = 16 * 1024;
    private static final int STOP_SECONDS = 2;

    private final Endpoint endpoint;
    private final int retryAfterSeconds;
    private final Gate gate;
    private final Mailroom mailroom;
    private final Accounts accounts;
    private final Clock clock;
    private final Server server;

    /**
     * @param maxBodyBytes most bytes of a request after decompression
     * @param executor runs the handlers
     */
    public GrpcReceiver(
            Endpoint endpoint,
            int maxBodyBytes,
            int retryAfterSeconds,
            List<OtlpSignal<?, ?>> signals,
            Gate gate,
            Mailroom mailroom,
            Accounts accounts,
            Clock clock,
            Executor executor) {
        this.endpoint = endpoint;
        this.retryAfterSeconds = retryAfterSeconds;
        this.gate = gate;
        this.mailroom = mailroom;
        this.accounts = accounts;
        this.clock = clock;
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(endpoint.host(), endpoint.port()))
                .executor(executor)
                .maxInboundMessageSize(maxBodyBytes)
                .maxInboundMetadataSize(MAX_METADATA_BYTES)
                .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
                .permitKeepAliveTime(10, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
        signals.forEach(signal -> builder.addService(service(signal)));
        this.server = builder.build();
    }

    /** @throws io.nightshift.runtime.config.ConfigException when the port can't be had */
    public void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw endpoint.unavailable("OTLP over gRPC", "ingest.otlp.grpc.port", e);
        }
        LOG.info("OTLP over gRPC on {}:{}", endpoint.host(), port());
    }

    public int port() {
        return server.getPort();
    }

    private ServerServiceDefinition service(OtlpSignal<?, ?> signal) {
        MethodDescriptor<byte[], Message> export = MethodDescriptor.<byte[], Message>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(signal.grpcService(), "Export"))
                .setRequestMarshaller(Marshallers.BYTES)
                .setResponseMarshaller(Marshallers.MESSAGE)
                .build();
        return ServerServiceDefinition.builder(ServiceDescriptor.newBuilder(signal.grpcService())
                        .addMethod(export)
                        .build())
                .addMethod(export, ServerCalls.asyncUnaryCall((body, observer) -> export(signal, body, observer)))
                .build();
    }

    private void export(OtlpSignal<?, ?> signal, byte[] body, StreamObserver<Message> observer) {
        Runnable leave = () -> {};
        try {
            leave = gate.enter();
            Runnable done = leave;
            Reception reception = new Reception(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()), SOURCE);
            signal.accept(body, OtlpEncoding.PROTOBUF, reception, gate, mailroom)
                    .whenComplete((answer, failure) -> {
                        done.run();
                        if (failure == null) {
                            observer.onNext(answer);
                            observer.onCompleted();
                        } else {
                            refuse(signal, failure, observer);
                        }
                    });
        } catch (RuntimeException e) {
            leave.run();
            refuse(signal, e, observer);
        }
    }

    private void refuse(OtlpSignal<?, ?> signal, Throwable failure, StreamObserver<Message> observer) {
        Refused refused = Refused.of(failure);
        accounts.refused(signal.name(), SOURCE, refused.kind());
        if (refused.kind() == Refused.Kind.FAILED) {
            LOG.error("{} over gRPC failed", signal.name(), refused.getCause());
        }
        observer.onError(status(refused));
    }

    /** OTLP lets a sender try again after RESOURCE_EXHAUSTED only when a RetryInfo says so. */
    private StatusRuntimeException status(Refused refused) {
        Status.Builder status =
                Status.newBuilder().setCode(refused.kind().rpcCode()).setMessage(refused.getMessage());
        if (refused.mayRetry()) {
            status.addDetails(Any.pack(RetryInfo.newBuilder()
                    .setRetryDelay(Duration.newBuilder().setSeconds(retryAfterSeconds))
                    .build()));
        }
        return StatusProto.toStatusRuntimeException(status.build());
    }

    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
