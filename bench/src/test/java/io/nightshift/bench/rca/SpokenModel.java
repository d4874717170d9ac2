package io.nightshift.bench.rca;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A model server over HTTP that says what a test makes of the prompt. It speaks OpenAI's chat completions. */
final class SpokenModel implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Function<String, String> mind;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final int status;

    /**
     * @param status of every response
     * @param mind answer to a prompt; with another status than 200 the message of the fault
     */
    SpokenModel(int status, Function<String, String> mind) throws IOException {
        this.status = status;
        this.mind = mind;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(request);
        StringBuilder prompt = new StringBuilder();
        for (JsonNode message : JSON.readTree(request).path("messages")) {
            JsonNode content = message.path("content");
            prompt.append(content.isArray() ? content.path(0).path("text").asText() : content.asText())
                    .append('\n');
        }
        String said = mind.apply(prompt.toString());
        byte[] bytes =
                JSON.writeValueAsBytes(status == 200 ? completion(said) : Map.of("error", Map.of("message", said)));
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    private static Map<String, Object> completion(String said) {
        return Map.of(
                "id", "chat-1",
                "object", "chat.completion",
                "model", "spoken-2026",
                "choices",
                        List.of(Map.of(
                                "index",
                                0,
                                "message",
                                Map.of("role", "assistant", "content", said),
                                "finish_reason",
                                "stop")),
                "usage", Map.of("prompt_tokens", 1_000, "completion_tokens", 50, "total_tokens", 1_050));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
