package io.nightshift.ingest.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import io.nightshift.ingest.domain.Refused;
import io.nightshift.ingest.publish.Accounts;
import io.nightshift.ingest.publish.Gate;
import io.nightshift.runtime.config.ConfigException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: bounded in threads, connections, body size and patience; each route answers when Kafka has answered. */
public final class FrontDoor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

    private static final int MAX_THREADS = 24;
    private static final int MIN_THREADS = 4;
    private static final int MAX_CONNECTIONS = 1000;
    private static final int IDLE_MILLIS = 30_000;

    private final Endpoint endpoint;
    private final int maxBodyBytes;
    private final int retryAfterSeconds;
    private final Gate gate;
    private final Accounts accounts;
    private final Executor answering;
    private final Javalin server;

    /** @param answering runs the writing of answers, which the producer's own thread must not do */
    public FrontDoor(
            Endpoint endpoint,
            int maxBodyBytes,
            int retryAfterSeconds,
            List<Route> routes,
            Gate gate,
            Accounts accounts,
            Executor answering) {
        this.endpoint = endpoint;
        this.maxBodyBytes = maxBodyBytes;
        this.retryAfterSeconds = retryAfterSeconds;
        this.gate = gate;
        this.accounts = accounts;
        this.answering = answering;
        this.server = Javalin.create(config -> configure(config, routes));
    }

    private void configure(JavalinConfig config, List<Route> routes) {
        config.startup.showJavalinBanner = false;
        config.http.prefer405over404 = true;
        config.jetty.threadPool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setIdleTimeout(IDLE_MILLIS);
        });
        config.jetty.modifyServer(jetty -> jetty.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, jetty)));
        routes.forEach(route -> config.routes.post(route.path(), context -> serve(route, context)));
    }

    /** @throws ConfigException when the port can't be had */
    public void start() {
        try {
            server.start(endpoint.host(), endpoint.port());
        } catch (JavalinBindException e) {
            throw endpoint.unavailable("OTLP over HTTP", "ingest.otlp.http.port", e);
        }
        LOG.info("OTLP over HTTP, changes and alerts on http://{}:{}", endpoint.host(), port());
    }

    public int port() {
        return server.port();
    }

    private void serve(Route route, Context context) throws IOException {
        Head head = head(context);
        CompletableFuture<Answer> answer;
        try {
            answer = taken(route, head, context);
        } catch (RuntimeException e) {
            respond(context, refusal(route, head, e));
            return;
        }
        context.future(() -> answer.handleAsync(
                (done, failure) -> {
                    respond(context, failure == null ? done : refusal(route, head, failure));
                    return null;
                },
                answering));
    }

    private CompletableFuture<Answer> taken(Route route, Head head, Context context) throws IOException {
        Runnable leave = gate.enter();
        try {
            byte[] body = new BoundedBody(maxBodyBytes, System::nanoTime)
                    .read(context.req().getInputStream(), head.header("content-encoding"));
            return route.take(head, body).whenComplete((done, failure) -> leave.run());
        } catch (BadMessageException e) {
            leave.run();
            throw Refused.malformed("the request breaks the rules of HTTP: " + e.getReason());
        } catch (RuntimeException | IOException e) {
            leave.run();
            throw e;
        }
    }

    private Answer refusal(Route route, Head head, Throwable failure) {
        Refused refused = Refused.of(failure);
        accounts.refused(route.signal(), route.source(), refused.kind());
        if (refused.kind() == Refused.Kind.FAILED) {
            LOG.error("{} failed", route.path(), refused.getCause());
        }
        return route.refusal(head, refused);
    }

    private void respond(Context context, Answer answer) {
        if (answer.status() == Refused.Kind.OVERLOADED.httpStatus()
                || answer.status() == Refused.Kind.UNAVAILABLE.httpStatus()) {
            context.header("Retry-After", Integer.toString(retryAfterSeconds));
        }
        context.status(answer.status()).contentType(answer.contentType()).result(answer.body());
    }

    private static Head head(Context context) {
        Map<String, String> headers = new HashMap<>();
        context.headerMap().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return new Head(headers);
    }

    @Override
    public void close() {
        server.stop();
    }
}
