package io.nightshift.investigate.look;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nightshift.investigate.look.ToolSettings.Kind;
import io.nightshift.investigate.look.ToolSettings.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A server over real HTTP that answers each path as it is told and keeps what it was asked. */
public final class FakeApi implements AutoCloseable {

    /** What happens on a request. */
    public interface Answer {
        void play(HttpExchange exchange, String body, CountDownLatch closing) throws IOException;
    }

    /**
     * What was asked.
     *
     * @param path raw, as it came over the wire
     */
    public record Asked(
            String method, String path, Map<String, String> query, Map<String, String> headers, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    public FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                asked.add(asked(exchange, body));
                answers.getOrDefault(
                                exchange.getRequestURI().getRawPath(),
                                answers.getOrDefault("*", says(404, "text/plain", "no such page")))
                        .play(exchange, body, closing);
            }
        });
        server.start();
    }

    /** @param path raw path, or {@code *} for all others */
    public FakeApi on(String path, Answer answer) {
        answers.put(path, answer);
        return this;
    }

    public FakeApi on(String path, String json) {
        return on(path, says(200, "application/json", json));
    }

    public static Answer says(int status, String type, String text) {
        return (exchange, body, closing) -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    static Answer redirects(String location) {
        return (exchange, body, closing) -> {
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    public static Answer hangs() {
        return (exchange, body, closing) -> await(closing, 60_000);
    }

    /** Headers at once, then a byte now and then. */
    public static Answer drips() {
        return (exchange, body, closing) -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (!await(closing, 50)) {
                    out.write(' ');
                    out.flush();
                }
            }
        };
    }

    /** A body without an end. */
    static Answer floods() {
        return (exchange, body, closing) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[1 << 16];
            Arrays.fill(much, (byte) ' ');
            try (OutputStream out = exchange.getResponseBody()) {
                while (closing.getCount() > 0) {
                    out.write(much);
                }
            }
        };
    }

    private static boolean await(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static Asked asked(HttpExchange exchange, String body) {
        URI uri = exchange.getRequestURI();
        Map<String, String> query = uri.getRawQuery() == null
                ? Map.of()
                : Arrays.stream(uri.getRawQuery().split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
        Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().get(0)));
        return new Asked(exchange.getRequestMethod(), uri.getRawPath(), query, headers, body);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    public URI url() {
        return URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort());
    }

    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    Asked last() {
        return asked.get(asked.size() - 1);
    }

    /** Settings that point here: 256 KiB, 40 lines. */
    ToolSettings settings(Kind kind, String... scope) {
        return settings(kind, Endpoint.open(url()), scope);
    }

    static ToolSettings settings(Kind kind, Endpoint endpoint, String... scope) {
        return settings(kind, endpoint, Duration.ofSeconds(10), scope);
    }

    static ToolSettings settings(Kind kind, Endpoint endpoint, Duration timeout, String... scope) {
        return new ToolSettings(
                kind,
                kind.label(),
                Optional.of(endpoint),
                new Limits(timeout, 256 << 10, 40),
                List.of(scope),
                "@timestamp",
                List.of(),
                Set.of());
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
