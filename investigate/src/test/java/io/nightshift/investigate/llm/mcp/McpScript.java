package io.nightshift.investigate.llm.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An MCP server as far as tools go, apart from how its messages travel. Run as a program it speaks on standard input and output. */
final class McpScript {

    static final ObjectMapper JSON = new ObjectMapper();

    private record Offered(String tool, Function<JsonNode, String> result) {}

    private final Map<String, Offered> offered = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();

    /** @param annotations JSON, or empty for none */
    McpScript offers(
            String name, String description, String schema, String annotations, Function<JsonNode, String> result) {
        String tool = "{\"name\":\"" + name + "\",\"description\":\"" + description + "\",\"inputSchema\":" + schema
                + (annotations.isEmpty() ? "" : ",\"annotations\":" + annotations) + "}";
        offered.put(name, new Offered(tool, result));
        return this;
    }

    void withdraws(String name) {
        offered.remove(name);
    }

    int calls() {
        return calls.get();
    }

    /** The answer to a message; empty for a notification. */
    Optional<String> answer(String message) throws IOException {
        JsonNode request = JSON.readTree(message);
        if (!request.has("id")) {
            return Optional.empty();
        }
        String result =
                switch (request.path("method").asText()) {
                    case "initialize" ->
                        "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{\"listChanged\":true}},"
                                + "\"serverInfo\":{\"name\":\"scripted\",\"version\":\"1\"}}";
                    case "tools/list" ->
                        "{\"tools\":["
                                + String.join(
                                        ",",
                                        offered.values().stream()
                                                .map(Offered::tool)
                                                .toList()) + "]}";
                    case "tools/call" -> call(request.path("params"));
                    default -> "{}";
                };
        return Optional.of("{\"jsonrpc\":\"2.0\",\"id\":" + request.path("id") + ",\"result\":" + result + "}");
    }

    private String call(JsonNode params) throws IOException {
        calls.incrementAndGet();
        ObjectNode result = JSON.createObjectNode();
        String text = offered.get(params.path("name").asText()).result().apply(params.path("arguments"));
        result.putArray("content").addObject().put("type", "text").put("text", text);
        result.put("isError", text.startsWith("ERROR"));
        return JSON.writeValueAsString(result);
    }

    public static void main(String[] arguments) throws IOException {
        McpScript script = new McpScript()
                .offers(
                        "environment",
                        "names of variables",
                        "{\"type\":\"object\"}",
                        "{\"readOnlyHint\":true}",
                        given -> String.join("\n", new TreeSet<>(System.getenv().keySet())))
                .offers("end", "ends", "{\"type\":\"object\"}", "{\"readOnlyHint\":true}", given -> {
                    Runtime.getRuntime().halt(1);
                    return "";
                });
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            script.answer(line).ifPresent(answer -> {
                System.out.println(answer);
                System.out.flush();
            });
        }
    }
}
