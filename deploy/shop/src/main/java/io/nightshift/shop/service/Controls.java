package io.nightshift.shop.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.nightshift.shop.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The operator's side of a process: readiness, draining, how it fares, and the disturbances of the demo. Needs the
 * shop's secret, except where it only looks.
 */
final class Controls {
    private static final long DRAIN_LIMIT_NANOS = 2_000_000_000L;

    private final Door door;
    private final Telemetry telemetry;
    private final String secret;
    private volatile boolean ready;

    Controls(Home home, Door door, Telemetry telemetry, Jobs jobs) throws IOException {
        this.door = door;
        this.telemetry = telemetry;
        this.secret = home.secret();
        door.serveQuietly(
                "/ready",
                exchange -> Door.send(exchange, ready ? Reply.ok("{\"ready\":true}") : Reply.error(503, "not ready")));
        door.serveQuietly("/control/drain", guarded(number -> drain()));
        door.serveQuietly("/control/telemetry-gap", guarded(seconds -> telemetry.cut(Duration.ofSeconds(seconds))));
        door.serveQuietly("/control/batch", guarded(jobs::batch));
        door.serveQuietly("/control/decoy", guarded(jobs::decoy));
        door.serveQuietly("/control/reindex", guarded(ignored -> jobs.reindex()));
        door.serveQuietly("/control/report", guarded(jobs::report));
        door.serveQuietly(
                "/vitals",
                exchange -> Door.send(exchange, Reply.ok(door.vitals().asJson())));
    }

    void ready() {
        ready = true;
    }

    private HttpHandler guarded(Consumer<Integer> control) {
        return exchange -> {
            if (!knowsTheSecret(exchange)) {
                Door.send(exchange, Reply.error(403, "the shop's secret is missing or wrong"));
                return;
            }
            String text = new String(exchange.getRequestBody().readNBytes(16), StandardCharsets.UTF_8);
            try {
                control.accept(text.isEmpty() ? 0 : Integer.parseInt(text));
                Door.send(exchange, Reply.ok("{}"));
            } catch (NumberFormatException e) {
                Door.send(exchange, Reply.error(400, "not a whole number: " + text));
            }
        };
    }

    private boolean knowsTheSecret(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst(Home.SECRET_HEADER);
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Not ready from now on; returns when callers have forgotten this address and the last request is answered. */
    private void drain() {
        ready = false;
        long began = System.nanoTime();
        long lease = 2 * Endpoints.LEASE_MILLIS * 1_000_000;
        try {
            while (System.nanoTime() - began < lease
                    || (door.inFlight() > 0 && System.nanoTime() - began < DRAIN_LIMIT_NANOS)) {
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        telemetry.lastWords();
    }
}
