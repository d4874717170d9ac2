package io.nightshift.shop.keeper;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nightshift.shop.Home;
import io.nightshift.shop.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * The keeper's HTTP side, on loopback and for holders of the shop's secret: {@code GET /status}, {@code POST /do} for
 * effects, {@code POST /disturb} for the demo's disturbances. Header {@code Shop-Exit} is what {@code shopctl} exits with.
 */
final class ControlApi {
    private static final int MOST_BYTES = 4096;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._:/@-]{1,200}");
    private static final List<String> DISTURBANCES = List.of("telemetry-gap", "batch", "decoy", "reindex", "report");

    private final ObjectMapper json = new ObjectMapper();
    private final Floor floor;
    private final Actions actions;
    private final String secret;

    private record Answer(int status, int exit, String text) {}

    private interface Handler {
        Answer answer(Map<String, String> fields) throws IOException, InterruptedException;
    }

    ControlApi(Floor floor, Actions actions, String secret) {
        this.floor = floor;
        this.actions = actions;
        this.secret = secret;
    }

    void open(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 64);
        server.setExecutor(Executors.newFixedThreadPool(8));
        serve(server, "/status", this::status);
        serve(server, "/do", this::perform);
        serve(server, "/disturb", this::disturb);
        server.start();
    }

    private void serve(HttpServer server, String path, Handler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                send(exchange, answer(exchange, handler));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Answer answer(HttpExchange exchange, Handler handler) throws IOException, InterruptedException {
        if (!knowsTheSecret(exchange)) {
            return new Answer(403, 1, "the shop's secret is missing or wrong\n");
        }
        try {
            return handler.answer(fields(exchange));
        } catch (IllegalArgumentException e) {
            return new Answer(400, 2, e.getMessage() + "\n");
        }
    }

    private boolean knowsTheSecret(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst(Home.SECRET_HEADER);
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> fields(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestMethod().equals("POST")
                ? new String(exchange.getRequestBody().readNBytes(MOST_BYTES), StandardCharsets.UTF_8)
                : exchange.getRequestURI().getRawQuery();
        Map<String, String> fields = new HashMap<>();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("not a field: " + pair);
            }
            String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
            if (!WORD.matcher(value).matches()) {
                throw new IllegalArgumentException("not an acceptable value of " + pair.substring(0, equals));
            }
            fields.put(pair.substring(0, equals), value);
        }
        return fields;
    }

    private Answer status(Map<String, String> fields) throws IOException {
        Status status = floor.status();
        if (fields.containsKey("of")) {
            status = status.of(fields.get("of"));
            if (status.instances().isEmpty()) {
                return new Answer(404, 3, "no service or instance " + fields.get("of") + "\n");
            }
        }
        return new Answer(
                200, 0, fields.containsKey("json") ? json.writeValueAsString(status) + "\n" : status.asText());
    }

    private Answer perform(Map<String, String> fields) throws IOException, InterruptedException {
        String word = required(fields, "verb");
        Verb verb = Verb.of(word).orElseThrow(() -> new IllegalArgumentException("no such verb: " + word));
        LedgerEntry entry = actions.perform(
                verb,
                required(fields, "target"),
                Optional.ofNullable(fields.get("actionId")),
                Optional.ofNullable(fields.get("token")).map(ControlApi::number),
                fields.getOrDefault("actor", "shopctl"),
                Optional.ofNullable(fields.get("argument")));
        int exit = entry.outcome().exitCode();
        int status = exit == 0 ? 200 : exit == 3 ? 404 : exit == 1 ? 500 : 409;
        return new Answer(status, exit, json.writeValueAsString(entry) + "\n");
    }

    private Answer disturb(Map<String, String> fields) throws InterruptedException {
        String kind = required(fields, "kind");
        if (!DISTURBANCES.contains(kind)) {
            throw new IllegalArgumentException("no such disturbance: " + kind);
        }
        int number = (int) number(required(fields, "number"));
        List<Berth> berths = fields.containsKey("instance")
                ? floor.berth(fields.get("instance")).stream().toList()
                : roles(fields).stream()
                        .flatMap(role -> floor.of(role).stream())
                        .toList();
        boolean done = !berths.isEmpty();
        for (Berth berth : berths) {
            done &= berth.control(kind, number);
        }
        return done ? new Answer(200, 0, "done\n") : new Answer(500, 1, "not every instance did it\n");
    }

    private static List<Role> roles(Map<String, String> fields) {
        return fields.containsKey("service")
                ? Role.ofService(fields.get("service")).map(List::of).orElse(List.of())
                : List.of(Role.values());
    }

    private static String required(Map<String, String> fields, String name) {
        if (!fields.containsKey(name)) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return fields.get(name);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a whole number: " + text);
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Shop-Exit", String.valueOf(answer.exit()));
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}
