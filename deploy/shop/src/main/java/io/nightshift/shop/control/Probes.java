package io.nightshift.shop.control;

import io.nightshift.shop.Arguments;
import io.nightshift.shop.control.Controller.Answer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at one instance itself, past all telemetry. Each probe prints one JSON object. */
public final class Probes {
    private static final int HEALTH_MILLIS = 500;
    private static final Set<String> KINDS = Set.of("health", "heap", "state");

    private Probes() {}

    /** What the keeper knows of the process behind an instance. */
    private record Target(String instance, String state, int port, long pid, String startedAt) {
        String asJson() {
            return String.format(
                    Locale.ROOT,
                    "\"instance\":\"%s\",\"state\":\"%s\",\"pid\":%d,\"startedAt\":\"%s\",\"stateToken\":\"%d@%s\"",
                    instance,
                    state,
                    pid,
                    startedAt,
                    pid,
                    startedAt);
        }
    }

    /** Exits 0 when the probe got its reading, whatever that is; for {@code health} only when the instance is ready. */
    public static Answer run(Controller keeper, String kind, String instance) throws IOException, InterruptedException {
        if (!KINDS.contains(kind)) {
            throw new Arguments.Malformed("no such probe: " + kind);
        }
        Answer status = keeper.get("/status", Map.of("of", instance, "json", "true"));
        if (status.exit() != 0) {
            return status;
        }
        Optional<Target> target = target(status.text(), instance);
        if (target.isEmpty()) {
            return new Answer(3, "no instance " + instance + "\n");
        }
        return switch (kind) {
            case "health" -> health(target.get());
            case "heap" -> heap(target.get());
            default -> new Answer(0, "{\"probe\":\"state\"," + target.get().asJson() + "}\n");
        };
    }

    /** Picks five fields out of the keeper's own compact JSON; a JSON library would double the call's time. */
    private static Optional<Target> target(String status, String instance) {
        Matcher found = Pattern.compile("\\{\"instance\":\"" + Pattern.quote(instance)
                        + "\",[^}]*?\"state\":\"(\\w+)\",\"port\":(\\d+),\"pid\":(\\d+),\"startedAt\":\"([^\"]*)\"")
                .matcher(status);
        return found.find()
                ? Optional.of(new Target(
                        instance,
                        found.group(1),
                        Integer.parseInt(found.group(2)),
                        Long.parseLong(found.group(3)),
                        found.group(4)))
                : Optional.empty();
    }

    private static Answer health(Target target) {
        long began = System.nanoTime();
        int code = 0;
        try {
            HttpURLConnection call = (HttpURLConnection) URI.create("http://127.0.0.1:" + target.port() + "/ready")
                    .toURL()
                    .openConnection();
            call.setConnectTimeout(HEALTH_MILLIS);
            call.setReadTimeout(HEALTH_MILLIS);
            code = call.getResponseCode();
        } catch (IOException e) {
            // no answer in time is an answer: code 0
        }
        double millis = (System.nanoTime() - began) / 1e6;
        String json = String.format(
                Locale.ROOT,
                "{\"probe\":\"health\",\"value\":%d,\"limit\":1,\"status\":%d,\"millis\":%.1f,%s}\n",
                code == 200 ? 1 : 0,
                code,
                millis,
                target.asJson());
        return new Answer(code == 200 ? 0 : 1, json);
    }

    private static Answer heap(Target target) throws IOException, InterruptedException {
        if (target.pid() == 0) {
            return new Answer(1, "{\"probe\":\"heap\",\"value\":null,\"limit\":null," + target.asJson() + "}\n");
        }
        HeapProbe heap = HeapProbe.of(target.pid());
        String json = String.format(
                Locale.ROOT,
                "{\"probe\":\"heap\",\"value\":%.4f,\"unit\":\"1\",\"used\":%d,\"limit\":%d,"
                        + "\"fullCollections\":%d,\"collecting\":%.3f,%s}\n",
                heap.used() / (double) heap.limit(),
                heap.used(),
                heap.limit(),
                heap.fullCollections(),
                heap.collecting(),
                target.asJson());
        return new Answer(0, json);
    }
}
