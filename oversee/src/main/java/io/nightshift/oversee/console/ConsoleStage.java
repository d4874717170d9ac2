package io.nightshift.oversee.console;

import io.nightshift.oversee.domain.view.CoverageWatch;
import io.nightshift.oversee.people.Controls;
import io.nightshift.oversee.people.TrustedWords;
import io.nightshift.oversee.tail.RecordTail;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.StageHealth;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.signing.TrustedKeys;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console: reads the decision topics into memory, shows them over HTTP, and writes what people decide. */
public final class ConsoleStage implements Stage {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleStage.class);
    private static final Duration LOOKS_BACK = Duration.ofDays(1);

    private final ConsoleServer server;
    private final List<RecordTail> tails;
    private volatile StageHealth.State state = StageHealth.State.STARTING;

    private ConsoleStage(ConsoleServer server, List<RecordTail> tails) {
        this.server = server;
        this.tails = tails;
    }

    /**
     * @param context of oversee; the section {@code console} of its configuration is read
     * @param trusted the keys that remediate trusts, for telling which resume counts
     * @param health of every stage of this process, by name
     */
    public static ConsoleStage of(
            StageContext context, Controls controls, TrustedKeys trusted, Supplier<Map<String, StageHealth>> health) {
        ConsoleSettings settings = ConsoleSettings.from(context.config().section("console"));
        Topics topics = context.topics();
        Clock clock = context.clock();
        LiveView view = new LiveView(new TrustedWords(trusted), clock);
        ConsoleServer server = new ConsoleServer(
                settings, OperatorToken.in(context.folder()), view, new SignedDecisions(controls), health, clock);
        Instant from = clock.instant().minus(LOOKS_BACK);
        RecordTail recent = new RecordTail(
                "console-recent",
                context.kafka(),
                List.of(
                        topics.anomalies(),
                        topics.incidents(),
                        topics.investigations(),
                        topics.actions(),
                        topics.controls(),
                        topics.audit()),
                from,
                view::accept);
        // A halt is sticky and the graph stands, however long ago they were written.
        RecordTail standing = new RecordTail(
                "console-standing",
                context.kafka(),
                List.of(topics.halt(), topics.topology(), topics.lessons()),
                Instant.EPOCH,
                view::accept);
        RecordTail coverage = new RecordTail(
                "console-coverage",
                context.kafka(),
                List.of(topics.rollups()),
                clock.instant().minus(CoverageWatch.SHOWN),
                view::accept);
        return new ConsoleStage(server, List.of(recent, standing, coverage));
    }

    @Override
    public String name() {
        return "console";
    }

    /** @throws IllegalStateException when the port is taken */
    @Override
    public void start() {
        server.start();
        tails.forEach(RecordTail::start);
        state = StageHealth.State.RUNNING;
        LOG.info("the console is at {}", server.url());
    }

    /** Where people find it, once it was started. */
    public String url() {
        return server.url();
    }

    /** Signs its reader in: for the operator's eyes only. Known once it was started. */
    public String loginUrl() {
        return server.loginUrl();
    }

    @Override
    public StageHealth health() {
        if (state != StageHealth.State.RUNNING) {
            return StageHealth.of(state);
        }
        return tails.stream()
                .map(RecordTail::health)
                .filter(health -> !health.isRunning())
                .findFirst()
                .orElseGet(() -> tails.get(0).health());
    }

    @Override
    public void close() {
        state = StageHealth.State.STOPPED;
        tails.forEach(RecordTail::close);
        server.close();
    }
}
