package io.nightshift.shop.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nightshift.shop.Home;
import io.nightshift.shop.ShopSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * The shop's users: an open loop, that is, requests are sent at their time whether or not earlier ones were answered.
 * {@code GET /stats?seconds=N}, {@code POST /mark}, {@code POST /rate} with requests a second as the body.
 */
public final class Load {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int ARTICLES = 200;
    /** One request in five places an order; the others look at an offer. */
    private static final int ORDER_EVERY = 5;

    private final LoadStats stats = new LoadStats();
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final String gateway;
    private volatile double rate;

    private Load(ShopSettings settings) {
        this.gateway = "http://127.0.0.1:" + settings.basePort();
        this.rate = settings.ratePerSecond();
    }

    /** Opens the status door and sends requests for ever. */
    public static void run(Home home) throws IOException {
        ShopSettings settings = ShopSettings.read(home);
        Load load = new Load(settings);
        load.open(settings.fleet().loadPort());
        load.send();
    }

    private void send() {
        SplittableRandom random = new SplittableRandom();
        long next = System.nanoTime();
        for (long number = 0; ; number++) {
            // a rate of 0 is a pause; look again ten times a second
            double current = rate;
            next += (long) (1e9 / Math.max(10, current));
            while (System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            if (current > 0) {
                fire(number % ORDER_EVERY == 0, random.nextInt(ARTICLES));
            }
        }
    }

    private void fire(boolean order, int article) {
        URI target = URI.create(gateway + (order ? "/api/orders/sku-" : "/api/offers/sku-") + article);
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .method(order ? "POST" : "GET", HttpRequest.BodyPublishers.noBody())
                .build();
        long sentAt = System.currentTimeMillis();
        long began = System.nanoTime();
        var unused = client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .whenComplete((response, failure) -> stats.record(
                        sentAt, (System.nanoTime() - began) / 1e6, failure == null && response.statusCode() < 500));
    }

    private void open(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 16);
        server.createContext("/stats", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            int seconds = query == null ? 10 : Integer.parseInt(query.replace("seconds=", ""));
            answer(exchange, json.writeValueAsBytes(stats.view(rate, seconds)));
        });
        server.createContext("/mark", exchange -> {
            stats.mark(System.currentTimeMillis());
            answer(exchange, new byte[0]);
        });
        server.createContext("/rate", exchange -> {
            String body = new String(exchange.getRequestBody().readNBytes(32), StandardCharsets.UTF_8);
            rate = Double.parseDouble(body);
            answer(exchange, new byte[0]);
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
