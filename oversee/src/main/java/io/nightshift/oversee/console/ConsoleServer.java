package io.nightshift.oversee.console;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import io.nightshift.runtime.StageHealth;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console over HTTP. */
public final class ConsoleServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
    private static final long MOST_BODY_BYTES = 16 * 1024;
    private static final int MOST_THREADS = 16;
    private static final int FEWEST_THREADS = 4;

    private final ConsoleSettings settings;
    private final OperatorToken token;
    private final Gate gate;
    private final EventStream events;
    private final Javalin javalin;

    public ConsoleServer(
            ConsoleSettings settings,
            OperatorToken token,
            LiveView view,
            Decisions decisions,
            Supplier<Map<String, StageHealth>> health,
            Clock clock) {
        this.settings = settings;
        this.token = token;
        Sessions sessions = new Sessions(clock);
        this.gate = new Gate(settings, sessions);
        this.events = new EventStream(gate, view);
        ReadRoutes reading = new ReadRoutes(gate, view, decisions, health);
        LoginRoutes login = new LoginRoutes(gate, sessions, token, settings);
        DecideRoutes deciding = new DecideRoutes(gate, sessions, token, view, decisions, settings.actor());
        AskRoutes asking = new AskRoutes(gate, view, decisions, settings.actor());
        this.javalin = Javalin.create(config -> {
            tune(config);
            config.routes.before(gate::check);
            config.routes.exception(Refusal.class, (refusal, request) -> refuse(request, refusal));
            config.routes.exception(RuntimeException.class, (fault, request) -> fail(request, fault));
            Assets.register(config.routes);
            login.register(config.routes);
            reading.register(config.routes);
            deciding.register(config.routes);
            asking.register(config.routes);
            events.register(config.routes);
        });
    }

    private static void tune(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = MOST_BODY_BYTES;
        config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
    }

    /**
     * Listens.
     *
     * @throws IllegalStateException when the port is taken, naming it and the remedy
     */
    public void start() {
        try {
            javalin.start(settings.bind(), settings.port());
        } catch (JavalinBindException e) {
            throw new IllegalStateException(
                    "the console can't listen on " + settings.bind() + ":" + settings.port()
                            + ": the port is taken or not allowed; stop what uses it, or set another one in"
                            + " oversee.console.port",
                    e);
        }
        gate.listensOn(javalin.port());
        events.start();
    }

    /** Where people find it. */
    public String url() {
        return "http://localhost:" + javalin.port();
    }

    /** Signs its reader in. The token is in the fragment, which browsers send to nobody and proxies never see. */
    public String loginUrl() {
        return url() + "/login#" + token.text();
    }

    private static void refuse(Context request, Refusal refusal) {
        request.status(refusal.status());
        Json.answer(request, Map.of("error", String.valueOf(refusal.getMessage())));
    }

    /** A failed decision must never look like one that was taken. */
    private static void fail(Context request, RuntimeException fault) {
        LOG.warn("{} {} failed", request.method(), request.path(), fault);
        request.status(500);
        Json.answer(request, Map.of("error", "it failed and must not be taken as done: " + fault.getMessage()));
    }

    @Override
    public void close() {
        events.close();
        javalin.stop();
    }
}
