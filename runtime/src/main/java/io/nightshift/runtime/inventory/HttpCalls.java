package io.nightshift.runtime.inventory;

import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the declared calls of an HTTP target. */
final class HttpCalls {

    private static final Set<String> KEYS =
            Set.of("method", "path", "body", "expect", "doneBefore", "fencedOut", "poll", "timeout");
    private static final Set<String> POLL_KEYS = Set.of("id", "path", "status", "succeeded", "failed", "every");
    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration LEAST_EVERY = Duration.ofMillis(100);

    private HttpCalls() {}

    static HttpCallSpec of(ConfigNode node) {
        node.allowOnly(KEYS);
        String method = node.text("method", "POST");
        if (!METHODS.contains(method)) {
            throw node.require("method")
                    .error("'" + method + "' can't have an effect; " + Nearest.remedy(method, METHODS));
        }
        ConfigNode path = node.require("path");
        checkPath(path, Placeholders.ACT);
        return new HttpCallSpec(
                method,
                path.text(),
                body(node),
                statuses(node, "expect", Set.of(200, 201, 202, 204)),
                statuses(node, "doneBefore", Set.of()),
                statuses(node, "fencedOut", Set.of()),
                polls(node),
                Commands.timeout(node, DeclaredTargets.ACTION_TIMEOUT));
    }

    private static Map<String, Object> body(ConfigNode node) {
        Map<String, Object> body = new LinkedHashMap<>();
        node.get("body").ifPresent(place -> {
            for (String key : place.keys()) {
                body.put(key, place.require(key).tree());
            }
            checkTexts(place, body);
        });
        return body;
    }

    /** Placeholders stand in texts only: what a field is called is fixed. */
    private static void checkTexts(ConfigNode place, Object tree) {
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (Placeholders.in(key.toString())) {
                    throw place.error("the field '" + key + "' holds a placeholder; only values may");
                }
                checkTexts(place, value);
            });
        } else if (tree instanceof List<?> list) {
            list.forEach(value -> checkTexts(place, value));
        } else {
            Placeholders.check(place, tree.toString(), Placeholders.ACT);
        }
    }

    /** A path of this server: it starts with one slash, and can't climb out of what was declared. */
    static void checkPath(ConfigNode node, Set<String> known) {
        String path = node.text();
        Placeholders.check(node, path, known);
        String bare = path.replaceAll("\\{[^{}]*}", "x");
        if (!bare.matches("/(?!/)[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*(\\[[A-Za-z0-9,._-]*][A-Za-z0-9,._&=-]*)*")
                || bare.contains("/../")
                || bare.contains("#")) {
            throw node.error(
                    "'" + path + "' is no path of the server; it starts with one '/', without '..', spaces or '#'");
        }
    }

    static String pointer(ConfigNode node) {
        if (!node.text().startsWith("/")) {
            throw node.error("'" + node.text() + "' is no JSON pointer; write it as /field/0/field");
        }
        return node.text();
    }

    private static Set<Integer> statuses(ConfigNode node, String key, Set<Integer> fallback) {
        if (node.get(key).isEmpty()) {
            return fallback;
        }
        Set<Integer> statuses = new HashSet<>();
        for (ConfigNode item : node.require(key).items()) {
            int status = item.integer();
            if (status < 200 || status > 599) {
                throw item.error(status + " is no HTTP status that ends a call; write one from 200 to 599");
            }
            statuses.add(status);
        }
        return statuses;
    }

    private static List<HttpPollSpec> polls(ConfigNode node) {
        List<HttpPollSpec> polls = new ArrayList<>();
        node.get("poll").ifPresent(poll -> {
            for (ConfigNode hop : poll.isList() ? poll.items() : List.of(poll)) {
                polls.add(poll(hop));
            }
        });
        return polls;
    }

    private static HttpPollSpec poll(ConfigNode node) {
        node.allowOnly(POLL_KEYS);
        ConfigNode id = node.require("id");
        ConfigNode path = node.require("path");
        checkPath(path, Placeholders.and(Placeholders.ACT, "id"));
        Set<String> succeeded = Set.copyOf(node.texts("succeeded"));
        Set<String> failed = Set.copyOf(node.texts("failed"));
        if (succeeded.isEmpty() && !failed.isEmpty()) {
            throw node.error("'failed' needs 'succeeded', or a job that did well would never be seen to end");
        }
        Duration every = node.duration("every", EVERY);
        if (every.compareTo(LEAST_EVERY) < 0) {
            throw node.require("every").error("must be at least 100ms");
        }
        return new HttpPollSpec(
                id.text().equals(HttpPollSpec.LOCATION) ? id.text() : pointer(id),
                path.text(),
                pointer(node.require("status")),
                succeeded,
                failed,
                every);
    }
}
