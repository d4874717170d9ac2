package io.nightshift.runtime.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nightshift.runtime.Stage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What machines ask a process: {@code GET /health} (JSON of all stages; 200 when each one runs, else 503) and
 * {@code GET /metrics} (Prometheus text). No login: bind it to loopback, or to a network that may know.
 */
public final class HealthEndpoint implements AutoCloseable {

    private static final int BACKLOG = 16;

    private final HttpServer server;
    private final ExecutorService threads;

    private HealthEndpoint(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to answer.
     *
     * @param address host and port; port 0 takes any free one
     * @throws UncheckedIOException when the address can't be bound; the message names it and the remedy
     */
    public static HealthEndpoint start(
            InetSocketAddress address, List<? extends Stage> stages, PrometheusMeterRegistry meters) {
        try {
            HttpServer server = HttpServer.create(address, BACKLOG);
            ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
                Thread thread = new Thread(task, "health");
                thread.setDaemon(true);
                return thread;
            });
            StageGauges.bind(stages, meters);
            server.setExecutor(threads);
            server.createContext("/health", exchange -> {
                HealthReport report = HealthReport.of(stages);
                answer(exchange, "/health", report.isRunning() ? 200 : 503, "application/json", report.json());
            });
            server.createContext(
                    "/metrics",
                    exchange -> answer(exchange, "/metrics", 200, "text/plain; version=0.0.4", meters.scrape()));
            server.start();
            return new HealthEndpoint(server, threads);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The health endpoint can't listen on " + address + " (" + e.getMessage()
                            + "): choose another port, or stop what listens there",
                    e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, String path, int status, String type, String body)
            throws IOException {
        try (exchange) {
            boolean isRead = List.of("GET", "HEAD").contains(exchange.getRequestMethod());
            if (!isRead || !exchange.getRequestURI().getPath().equals(path)) {
                exchange.sendResponseHeaders(isRead ? 404 : 405, -1);
                return;
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            exchange.sendResponseHeaders(status, bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
