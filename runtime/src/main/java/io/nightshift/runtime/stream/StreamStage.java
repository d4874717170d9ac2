package io.nightshift.runtime.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.StageHealth;
import io.nightshift.runtime.fault.Faults;
import io.nightshift.runtime.fault.RestartBackoff;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Streams application as a stage.
 *
 * <pre>
 *   start ──▶ STARTING ──▶ RUNNING ◀──▶ DEGRADED (rebalance, or a thread being replaced after a transient fault)
 *                 │            │            │
 *                 └────────────┴─────┬──────┴──▶ FAILED (any other fault; under {@link OnCrash#HALT} all but a lost transaction)
 *                                    └──▶ STOPPED (close)
 * </pre>
 */
public final class StreamStage implements Stage {

    private static final Logger LOG = LoggerFactory.getLogger(StreamStage.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final OnCrash onCrash;
    private final KafkaStreams streams;
    private final KafkaStreamsMetrics metrics;
    private final RestartBackoff backoff = new RestartBackoff();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile StageHealth health = StageHealth.of(StageHealth.State.STARTING);
    private volatile boolean ranOnce;

    public StreamStage(String name, Topology topology, Properties properties, MeterRegistry meters) {
        this(name, topology, properties, meters, OnCrash.RESTART_WHEN_TRANSIENT);
    }

    public StreamStage(String name, Topology topology, Properties properties, MeterRegistry meters, OnCrash onCrash) {
        this.name = name;
        this.onCrash = onCrash;
        this.streams = new KafkaStreams(topology, properties);
        streams.setStateListener((now, before) -> changed(now));
        streams.setUncaughtExceptionHandler(this::crashed);
        this.metrics = new KafkaStreamsMetrics(streams, List.of(Tag.of("stage", name)));
        metrics.bindTo(meters);
    }

    /**
     * A stage from a context.
     *
     * @param application name of the application without prefix; also the stage's name
     */
    public static Builder builder(StageContext context, String application) {
        return new Builder(context, application);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        LOG.info("{}: starting", name);
        streams.start();
    }

    @Override
    public StageHealth health() {
        return health;
    }

    /** For reading state stores of this application. */
    public KafkaStreams streams() {
        return streams;
    }

    @Override
    public void close() {
        closing.countDown();
        boolean stopped = streams.close(CloseOptions.timeout(CLOSE_LIMIT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        metrics.close();
        if (!stopped) {
            LOG.warn(
                    "{}: did not stop within {} s; its open transaction will be aborted by the broker",
                    name,
                    CLOSE_LIMIT.toSeconds());
        }
        if (health.state() != StageHealth.State.FAILED) {
            health = StageHealth.of(StageHealth.State.STOPPED);
        }
    }

    private void changed(KafkaStreams.State state) {
        switch (state) {
            case RUNNING -> {
                ranOnce = true;
                health = StageHealth.of(StageHealth.State.RUNNING);
                LOG.info("{}: running", name);
            }
            case REBALANCING ->
                health = ranOnce
                        ? new StageHealth(StageHealth.State.DEGRADED, "rebalancing: partitions are being assigned")
                        : StageHealth.of(StageHealth.State.STARTING);
            case PENDING_ERROR, ERROR -> fail("stopped by an error; see the log");
            case NOT_RUNNING -> {
                if (health.state() != StageHealth.State.FAILED) {
                    health = StageHealth.of(StageHealth.State.STOPPED);
                }
            }
            default -> {}
        }
    }

    private StreamThreadExceptionResponse crashed(Throwable fault) {
        String reason = DeadLetters.reason(fault);
        boolean mayGoOn = onCrash == OnCrash.HALT ? Faults.isLostTransaction(fault) : Faults.isTransient(fault);
        if (!mayGoOn) {
            LOG.error("{}: stopped", name, fault);
            fail(reason);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        Duration wait = backoff.afterFailure(System.currentTimeMillis());
        LOG.warn("{}: a stream thread failed and is replaced in {} ms: {}", name, wait.toMillis(), reason);
        health = new StageHealth(StageHealth.State.DEGRADED, reason);
        return closesWithin(wait)
                ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
                : StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Waits on the dying thread itself: it holds no partition any more, and its replacement starts when we return. */
    private boolean closesWithin(Duration wait) {
        try {
            return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** The first cause stands: what follows from it tells less. */
    private void fail(String reason) {
        if (health.state() != StageHealth.State.FAILED) {
            health = new StageHealth(StageHealth.State.FAILED, reason);
        }
    }

    /** Collects what a stage is made of. */
    public static final class Builder {
        private final StageContext context;
        private final String application;
        private final Properties properties;
        private OnCrash onCrash = OnCrash.RESTART_WHEN_TRANSIENT;

        private Builder(StageContext context, String application) {
            this.context = context;
            this.application = application;
            this.properties = Streams.properties(context, application);
        }

        public Builder onCrash(OnCrash choice) {
            onCrash = choice;
            return this;
        }

        public Builder threads(int threads) {
            return with(config -> config.put("num.stream.threads", threads));
        }

        /** Changes the Streams configuration. */
        public Builder with(Consumer<Properties> change) {
            change.accept(properties);
            return this;
        }

        /** The stage whose topology is built with this stage's own properties; see {@link Streams#builder}. */
        public StreamStage build(Function<Properties, Topology> topology) {
            return build(topology.apply(properties));
        }

        public StreamStage build(Topology topology) {
            return new StreamStage(application, topology, properties, context.meters(), onCrash);
        }
    }
}
