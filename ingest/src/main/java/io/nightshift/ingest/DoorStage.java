package io.nightshift.ingest;

import io.nightshift.ingest.domain.AlertMapping;
import io.nightshift.ingest.domain.ChangeMapping;
import io.nightshift.ingest.domain.LogMapping;
import io.nightshift.ingest.domain.MetricMapping;
import io.nightshift.ingest.domain.SeriesBudget;
import io.nightshift.ingest.domain.SpanMapping;
import io.nightshift.ingest.door.AlertDoor;
import io.nightshift.ingest.door.ChangeDoor;
import io.nightshift.ingest.http.FrontDoor;
import io.nightshift.ingest.http.Route;
import io.nightshift.ingest.otlp.GrpcReceiver;
import io.nightshift.ingest.otlp.OtlpRoute;
import io.nightshift.ingest.otlp.OtlpSignal;
import io.nightshift.ingest.publish.Accounts;
import io.nightshift.ingest.publish.Gate;
import io.nightshift.ingest.publish.Mailroom;
import io.nightshift.ingest.publish.Publisher;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.StageHealth;
import io.nightshift.schemas.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The front doors as one stage: OTLP over gRPC and HTTP, changes and alerts. Stateless but for the series budget. */
public final class DoorStage implements Stage {
    private static final Logger LOG = LoggerFactory.getLogger(DoorStage.class);
    private static final long SERIES_PERIOD_MICROS = Duration.ofHours(1).toMillis() * 1000;
    private static final int DECODERS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final IngestSettings settings;
    private final StageContext context;
    private final Supplier<Producer<byte[], byte[]>> producers;

    private Publisher publisher;
    private GrpcReceiver grpc;
    private FrontDoor http;
    private ExecutorService workers;
    private Thread warmUp;
    private volatile StageHealth.State state = StageHealth.State.STARTING;

    /** @param producers opens the producer; called once, at the start */
    DoorStage(IngestSettings settings, StageContext context, Supplier<Producer<byte[], byte[]>> producers) {
        this.settings = settings;
        this.context = context;
        this.producers = producers;
    }

    @Override
    public String name() {
        return "ingest";
    }

    /** @throws io.nightshift.runtime.config.ConfigException when a port can't be had */
    @Override
    public synchronized void start() {
        try {
            open();
            state = StageHealth.State.RUNNING;
        } catch (RuntimeException e) {
            close();
            state = StageHealth.State.FAILED;
            throw e;
        }
    }

    private void open() {
        Topics topics = context.topics();
        Clock clock = context.clock();
        Accounts accounts = new Accounts(context.meters());
        publisher = new Publisher(producers.get(), settings.maxInFlightBytes());
        context.meters().gauge("nightshift.ingest.in.flight.bytes", publisher, Publisher::inFlightBytes);
        Mailroom mailroom = new Mailroom(publisher, topics.deadLetters(), settings.kafkaTime(), accounts);
        Gate gate = new Gate(settings.maxRequests(), DECODERS);
        workers = Executors.newFixedThreadPool(2 * DECODERS, DoorStage::worker);
        int retrySeconds = Math.toIntExact(Math.max(1, settings.retryAfter().toSeconds()));
        List<OtlpSignal<?, ?>> signals = signals(topics);
        grpc = new GrpcReceiver(
                settings.grpc(),
                settings.maxBodyBytes(),
                retrySeconds,
                signals,
                gate,
                mailroom,
                accounts,
                clock,
                workers);
        List<Route> routes = new ArrayList<>();
        signals.forEach(signal -> routes.add(new OtlpRoute(signal, gate, mailroom, clock)));
        routes.add(new ChangeDoor(new ChangeMapping(settings.limits()), topics.changes(), gate, mailroom, clock));
        routes.add(new AlertDoor(new AlertMapping(settings.limits()), topics.alerts(), gate, mailroom, clock));
        http = new FrontDoor(settings.http(), settings.maxBodyBytes(), retrySeconds, routes, gate, accounts, workers);
        grpc.start();
        http.start();
        warmUp = new Thread(() -> warmUp(topics), "ingest-warm-up");
        warmUp.setDaemon(true);
        warmUp.start();
    }

    private void warmUp(Topics topics) {
        try {
            publisher.warmUp(List.of(
                    topics.metrics().name(),
                    topics.logs().name(),
                    topics.spans().name(),
                    topics.changes().name(),
                    topics.alerts().name(),
                    topics.deadLetters().name()));
        } catch (InterruptException e) {
            LOG.debug("Closed before all topics were known");
        } catch (KafkaException e) {
            LOG.warn("Ingest's topics can't be looked up: {}", e.toString());
        }
    }

    private List<OtlpSignal<?, ?>> signals(Topics topics) {
        SeriesBudget budget =
                new SeriesBudget(settings.seriesPerService(), settings.seriesOverall(), SERIES_PERIOD_MICROS);
        return List.of(
                OtlpSignal.metrics(new MetricMapping(settings.limits(), settings.spread(), budget), topics),
                OtlpSignal.logs(new LogMapping(settings.limits(), settings.spread()), topics),
                OtlpSignal.traces(new SpanMapping(settings.limits(), settings.spread()), topics));
    }

    private static Thread worker(Runnable work) {
        Thread thread = new Thread(work, "ingest-worker");
        thread.setDaemon(true);
        return thread;
    }

    /** The port in use, which matters when the setting says any free one. */
    public int grpcPort() {
        return grpc.port();
    }

    /** As {@link #grpcPort}. */
    public int httpPort() {
        return http.port();
    }

    @Override
    public StageHealth health() {
        if (state != StageHealth.State.RUNNING) {
            return StageHealth.of(state);
        }
        return publisher
                .trouble()
                .map(trouble -> new StageHealth(StageHealth.State.DEGRADED, "Kafka does not acknowledge: " + trouble))
                .orElse(StageHealth.of(StageHealth.State.RUNNING));
    }

    /** Doors first, then what waits for Kafka, then the rest. */
    @Override
    public synchronized void close() {
        if (warmUp != null) {
            warmUp.interrupt();
        }
        closeQuietly(grpc);
        closeQuietly(http);
        closeQuietly(publisher);
        if (workers != null) {
            workers.shutdown();
            try {
                workers.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        state = StageHealth.State.STOPPED;
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            LOG.warn("Closing a part of ingest failed", e);
        }
    }
}
