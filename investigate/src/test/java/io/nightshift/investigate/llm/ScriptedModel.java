package io.nightshift.investigate.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A model server over real HTTP that plays a script, one scene a request; the last scene is played again and again. */
final class ScriptedModel implements AutoCloseable {

    /** What happens on a request. */
    interface Scene {
        void play(HttpExchange exchange, String request, CountDownLatch closing) throws IOException;
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();

    ScriptedModel(Scene... script) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", exchange -> {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(request);
            try (exchange) {
                script[Math.min(requests.size(), script.length) - 1].play(exchange, request, closing);
            }
        });
        server.start();
    }

    URI baseUrl() {
        return URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/v1");
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    static Scene says(String content) {
        return (exchange, request, closing) ->
                send(exchange, 200, message(Map.of("role", "assistant", "content", content)));
    }

    /** An answer made from the request, as a model that believes what it reads would make it. */
    static Scene answers(UnaryOperator<String> fromRequest) {
        return (exchange, request, closing) -> says(fromRequest.apply(request)).play(exchange, request, closing);
    }

    static Scene callsTool(String name, Map<String, String> arguments) {
        return (exchange, request, closing) -> send(
                exchange,
                200,
                message(Map.of(
                        "role",
                        "assistant",
                        "tool_calls",
                        List.of(Map.of(
                                "id", "call-1",
                                "type", "function",
                                "function", Map.of("name", name, "arguments", json(arguments)))))));
    }

    static Scene fails(int status) {
        return (exchange, request, closing) -> send(exchange, status, "{\"error\":{\"message\":\"out of order\"}}");
    }

    static Scene hangs() {
        return (exchange, request, closing) -> await(closing, 60_000);
    }

    /** Headers at once, then a byte now and then. */
    static Scene drips() {
        return (exchange, request, closing) -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (!await(closing, 50)) {
                    body.write(' ');
                    body.flush();
                }
            }
        };
    }

    static Scene floods(int bytes) {
        return (exchange, request, closing) -> send(exchange, 200, "x".repeat(bytes));
    }

    private static boolean await(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static String message(Map<String, Object> message) {
        return json(Map.of(
                "id", "chat-1",
                "object", "chat.completion",
                "model", "scripted",
                "choices", List.of(Map.of("index", 0, "message", message, "finish_reason", "stop")),
                "usage", Map.of("prompt_tokens", 100, "completion_tokens", 20, "total_tokens", 120)));
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
