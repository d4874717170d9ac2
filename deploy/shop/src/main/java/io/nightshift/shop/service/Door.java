package io.nightshift.shop.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A service's HTTP server: each route is a SERVER span and a duration, by the semantic conventions. */
final class Door {
    /** Work on one request; {@code tail} is the path after the route's fixed part. */
    interface Handler {
        Reply handle(String tail) throws IOException, InterruptedException, GeneralSecurityException;
    }

    private static final TextMapGetter<HttpExchange> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpExchange exchange) {
            return exchange.getRequestHeaders().keySet();
        }

        @Override
        public String get(HttpExchange exchange, String key) {
            return exchange == null ? null : exchange.getRequestHeaders().getFirst(key);
        }
    };

    private final HttpServer server;
    private final Telemetry telemetry;
    private final Journal journal;
    private final DoubleHistogram duration;
    private final LongUpDownCounter active;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Vitals vitals = new Vitals();

    Door(int port, int threads, Telemetry telemetry, Journal journal) throws IOException {
        this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 256);
        this.telemetry = telemetry;
        this.journal = journal;
        server.setExecutor(pool(threads));
        duration = telemetry
                .meter()
                .histogramBuilder("http.server.request.duration")
                .setUnit("s")
                .setDescription("Duration of HTTP server requests.")
                .setExplicitBucketBoundariesAdvice(Semantic.SECONDS)
                .build();
        active = telemetry
                .meter()
                .upDownCounterBuilder("http.server.active_requests")
                .setUnit("{request}")
                .setDescription("Number of active HTTP server requests.")
                .build();
    }

    private static Executor pool(int threads) {
        // when all threads are busy the acceptor does the work itself and so accepts no more: back pressure
        return new ThreadPoolExecutor(
                2, threads, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /** Serves {@code fixed + tail} as the given route, traced and measured. */
    void serve(String method, String fixed, String route, Handler handler) {
        server.createContext(fixed, exchange -> traced(exchange, method, fixed, route, handler));
    }

    /** Serves a path that is no business of the shop's users: neither traced nor measured. */
    void serveQuietly(String fixed, com.sun.net.httpserver.HttpHandler handler) {
        server.createContext(fixed, handler);
    }

    void open() {
        server.start();
    }

    void close() {
        server.stop(0);
    }

    Vitals vitals() {
        return vitals;
    }

    int inFlight() {
        return inFlight.get();
    }

    private void traced(HttpExchange exchange, String method, String fixed, String route, Handler handler) {
        long began = System.nanoTime();
        inFlight.incrementAndGet();
        vitals.begin();
        Attributes idle = Attributes.of(Semantic.METHOD, method, Semantic.SCHEME, "http");
        active.add(1, idle);
        String path = exchange.getRequestURI().getPath();
        Span span = telemetry
                .tracer()
                .spanBuilder(method + " " + route)
                .setSpanKind(SpanKind.SERVER)
                .setParent(telemetry.propagator().extract(Context.root(), exchange, HEADERS))
                .setAttribute(Semantic.METHOD, method)
                .setAttribute(Semantic.SCHEME, "http")
                .setAttribute(Semantic.PATH, path)
                .setAttribute(Semantic.ROUTE, route)
                .startSpan();
        Reply reply = Reply.error(500, "internal error");
        String errorType = null;
        boolean failedByItself = false;
        try (Scope scope = span.makeCurrent()) {
            reply = handler.handle(path.substring(fixed.length()));
            errorType = reply.status() >= 500 ? String.valueOf(reply.status()) : null;
        } catch (Throwable failure) {
            // an OutOfMemoryError too: it ends the request, not the process
            errorType = failure.getClass().getName();
            failedByItself = true;
            span.recordException(failure);
            journal.error("Request failed: " + method + " " + route, failure);
        } finally {
            vitals.end(System.nanoTime() - began, failedByItself);
            send(exchange, reply);
            measure(span, method, route, reply, errorType, began);
            active.add(-1, idle);
            inFlight.decrementAndGet();
        }
    }

    private void measure(Span span, String method, String route, Reply reply, String errorType, long began) {
        AttributesBuilder attributes = Attributes.builder()
                .put(Semantic.METHOD, method)
                .put(Semantic.SCHEME, "http")
                .put(Semantic.ROUTE, route)
                .put(Semantic.STATUS, (long) reply.status());
        span.setAttribute(Semantic.STATUS, (long) reply.status());
        if (errorType != null) {
            attributes.put(Semantic.ERROR_TYPE, errorType);
            span.setAttribute(Semantic.ERROR_TYPE, errorType);
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
        duration.record((System.nanoTime() - began) / 1e9, attributes.build());
    }

    static void send(HttpExchange exchange, Reply reply) {
        try (exchange) {
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            // the caller gave up waiting; its own span says so
        }
    }
}
