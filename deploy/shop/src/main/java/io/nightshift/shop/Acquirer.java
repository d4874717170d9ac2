package io.nightshift.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/**
 * The main class of somebody else's payment provider, {@code --home FOLDER}: it takes charges, tells nobody how it fares,
 * and nobody here can do anything about it. {@code POST /mode} with {@code ok}, {@code down} or {@code slow} as the body.
 */
public final class Acquirer {
    private static final int WORKERS = 32;
    private static final long USUAL_MILLIS = 4;
    /** Longer than payments waits. */
    private static final long SLOW_MILLIS = 2500;

    private volatile String mode = "ok";

    private Acquirer() {}

    public static void main(String[] args) throws Exception {
        ParentWatch.start();
        Home home = new Home(Path.of(Arguments.parse(args).required("home")));
        int port = ShopSettings.read(home).fleet().acquirerPort();
        new Acquirer().open(port);
        Home.replace(home.endpoints().resolve("acquirer"), "127.0.0.1:" + port + "\n");
    }

    private void open(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 64);
        server.setExecutor(Executors.newFixedThreadPool(WORKERS));
        server.createContext("/charges", this::charge);
        server.createContext("/mode", exchange -> {
            mode = new String(exchange.getRequestBody().readNBytes(8), StandardCharsets.UTF_8);
            answer(exchange, 200, "{}");
        });
        server.start();
    }

    private void charge(HttpExchange exchange) throws IOException {
        String now = mode;
        try {
            Thread.sleep(now.equals("slow") ? SLOW_MILLIS : USUAL_MILLIS); // its own work
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (now.equals("down")) {
            answer(exchange, 503, "{\"error\":\"service unavailable\"}");
        } else {
            answer(exchange, 200, "{\"charged\":true}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
