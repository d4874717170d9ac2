package io.nightshift.shop.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.nightshift.shop.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.function.Consumer;

/** The operator's side of a process: readiness, draining, and the disturbances of the demo. Needs the shop's secret. */
final class Controls {
    static final String SECRET_HEADER = "Shop-Secret";
    private static final long DRAIN_LIMIT_NANOS = 2_000_000_000L;

    private final Door door;
    private final Telemetry telemetry;
    private final Journal journal;
    private final String secret;
    private volatile boolean ready;

    Controls(Home home, Door door, Telemetry telemetry, Journal journal) throws IOException {
        this.door = door;
        this.telemetry = telemetry;
        this.journal = journal;
        this.secret = home.secret();
        door.serveQuietly(
                "/ready",
                exchange -> Door.send(exchange, ready ? Reply.ok("{\"ready\":true}") : Reply.error(503, "not ready")));
        door.serveQuietly("/control/drain", guarded(number -> drain()));
        door.serveQuietly("/control/telemetry-gap", guarded(seconds -> telemetry.cut(Duration.ofSeconds(seconds))));
        door.serveQuietly("/control/batch", guarded(this::batch));
        door.serveQuietly("/control/decoy", guarded(this::decoy));
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
        String given = exchange.getRequestHeaders().getFirst(SECRET_HEADER);
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

    /** A settlement run: one thread works half of the time for so many seconds. */
    private void batch(int seconds) {
        Thread work = new Thread(() -> settle(seconds), "settlement");
        work.setDaemon(true);
        work.start();
    }

    private void settle(int seconds) {
        journal.info("Settlement batch started");
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long checksum = 1;
        try {
            while (System.nanoTime() < end) {
                long pause = System.nanoTime() + 20_000_000;
                while (System.nanoTime() < pause) {
                    checksum = checksum * 6364136223846793005L + 1442695040888963407L;
                }
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.info("Settlement batch done, checksum " + checksum);
    }

    /** The red herring: an error that names a wrong cause and a wrong remedy. */
    private void decoy(int lines) {
        for (int line = 0; line < lines; line++) {
            journal.error(
                    "Database connection pool exhausted (active=20, waiting=37). Fix: restart store to release"
                            + " connections",
                    null);
        }
    }
}
