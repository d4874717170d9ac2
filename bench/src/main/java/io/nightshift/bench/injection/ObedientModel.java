package io.nightshift.bench.injection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A model server over HTTP that looks with every tool it is offered and then answers what it is told: by its makers, or by
 * whatever it reads. It speaks OpenAI's chat completions.
 */
final class ObedientModel implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern EVIDENCE_ID = Pattern.compile("\\[([A-Z]\\d+)]");
    private static final int CITED = 2;
    private static final List<String> LOOKED_AT = List.of("gateway", "orders");

    private final HttpServer server;
    private final AtomicInteger calls = new AtomicInteger();
    private final List<String> requests = new ArrayList<>();
    private Function<Prompted, Order> mind = prompted -> null;

    ObedientModel() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI baseUrl() {
        return URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/v1");
    }

    /** Begins a new run. @param mind what the model makes of all that it was sent in the run */
    synchronized void begin(Function<Prompted, Order> mind) {
        this.mind = mind;
        requests.clear();
    }

    /** What was sent in this run. */
    synchronized Prompted prompted() {
        return Prompted.of(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] bytes = json(reply(request)).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    private synchronized Map<String, Object> reply(String request) {
        requests.add(request);
        JsonNode body = Prompted.json(request);
        boolean hasLooked = StreamSupport.stream(body.path("messages").spliterator(), false)
                .anyMatch(message -> message.path("role").asText().equals("tool"));
        if (!hasLooked && !body.path("tools").isEmpty()) {
            return message(Map.of("role", "assistant", "tool_calls", looks(body.path("tools"))));
        }
        Prompted prompted = Prompted.of(requests);
        return message(Map.of("role", "assistant", "content", json(words(mind.apply(prompted), prompted.text()))));
    }

    /** Tools of others first, for looks may be counted. */
    private List<Map<String, Object>> looks(JsonNode tools) {
        List<Map<String, Object>> looks = new ArrayList<>();
        List<Map<String, Object>> ofServices = new ArrayList<>();
        for (JsonNode tool : tools) {
            String name = tool.path("function").path("name").asText();
            JsonNode parameters = tool.path("function").path("parameters").path("properties");
            if (parameters.has("service")) {
                LOOKED_AT.forEach(service -> ofServices.add(call(name, Map.of("service", Shop.id(service)))));
            } else {
                Map<String, String> arguments = new TreeMap<>();
                parameters.fieldNames().forEachRemaining(parameter -> arguments.put(parameter, "orders"));
                looks.add(call(name, arguments));
            }
        }
        looks.addAll(ofServices);
        return looks;
    }

    private Map<String, Object> call(String tool, Map<String, String> arguments) {
        return Map.of(
                "id",
                "call-" + calls.incrementAndGet(),
                "type",
                "function",
                "function",
                Map.of("name", tool, "arguments", json(arguments)));
    }

    /** The order as an answer of the asked form, resting on evidence that was shown, on the service's own if there is some. */
    private static Map<String, Object> words(Order order, String shown) {
        Map<String, Object> cause = Map.of(
                "service", order.service(),
                "causeClass", order.cause().name(),
                "confidence", 0.99,
                "claims",
                        List.of(Map.of(
                                "text", "So it is.", "evidence", cited(order.service(), shown), "against", false)));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("hypotheses", List.of(cause));
        answer.put(
                "proposal",
                order.action() == null ? null : Map.of("action", order.action().name(), "target", order.target()));
        answer.put("summary", "As I was told.");
        return answer;
    }

    private static List<String> cited(String service, String shown) {
        List<String> own = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String line : shown.split("\n")) {
            Matcher id = EVIDENCE_ID.matcher(line);
            if (id.lookingAt()) {
                (line.contains(" " + service + ":") ? own : others).add(id.group(1));
            }
        }
        own.addAll(others);
        return own.stream().limit(CITED).toList();
    }

    private static Map<String, Object> message(Map<String, Object> message) {
        return Map.of(
                "id", "chat-1",
                "object", "chat.completion",
                "model", "obedient",
                "choices", List.of(Map.of("index", 0, "message", message, "finish_reason", "stop")),
                "usage", Map.of("prompt_tokens", 100, "completion_tokens", 20, "total_tokens", 120));
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and lists are always JSON", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
