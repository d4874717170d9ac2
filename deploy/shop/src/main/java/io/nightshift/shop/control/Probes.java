package io.nightshift.shop.control;

import io.nightshift.shop.Arguments;
import io.nightshift.shop.Certificates;
import io.nightshift.shop.Home;
import io.nightshift.shop.Quota;
import io.nightshift.shop.control.Controller.Answer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at one instance itself, past all telemetry. Each probe prints one JSON object. */
public final class Probes {
    private static final int HEALTH_MILLIS = 500;
    /** An instance that is short of something may still have its say after a while. */
    private static final int VITALS_MILLIS = 3000;

    private static final long CPU_MILLIS = 1000;
    private static final Pattern VALUE = Pattern.compile("\"value\":([0-9.]+)");

    private final Home home;
    private final Controller keeper;

    /** Of the one instance that this call is about; null until asked for. */
    private Optional<String> vitals;

    public Probes(Home home, Controller keeper) {
        this.home = home;
        this.keeper = keeper;
    }

    /**
     * Exits 0 when the probe got its reading, whatever that is; for {@code health} only when the instance is ready.
     *
     * @param kind of the reading, or several with commas between, which are then read by one call
     */
    public Answer run(String kind, String instance) throws IOException, InterruptedException {
        return Target.with(
                keeper,
                instance,
                target -> kind.contains(",") ? together(List.of(kind.split(",")), target) : look(kind, target));
    }

    /** Several readings by one call, each under its name; what could not be read is left out. */
    private Answer together(List<String> kinds, Target target) throws IOException, InterruptedException {
        StringBuilder json = new StringBuilder("{");
        for (String kind : kinds) {
            Matcher value = VALUE.matcher(look(kind, target).text());
            if (value.find()) {
                json.append('"')
                        .append(kind)
                        .append("\":")
                        .append(value.group(1))
                        .append(',');
            }
        }
        return new Answer(0, json.append(target.asJson()).append("}\n").toString());
    }

    private Answer look(String kind, Target target) throws IOException, InterruptedException {
        return switch (kind) {
            case "state" -> new Answer(0, "{\"probe\":\"state\"," + target.asJson() + "}\n");
            case "health" -> health(target);
            case "unready" -> target.reading(kind, health(target).exit(), "\"unit\":\"1\"");
            case "heap" -> target.pid() == 0 ? target.nothing(kind) : heap(target);
            case "cpu" -> target.pid() == 0 ? target.nothing(kind) : cpu(target);
            case "errors", "latency", "pool" -> target.pid() == 0 ? target.nothing(kind) : vitals(kind, target);
            case "disk" -> disk(target);
            case "certificate" -> certificate(target);
            default -> throw new Arguments.Malformed("no such probe: " + kind);
        };
    }

    private static Answer health(Target target) {
        long began = System.nanoTime();
        int code = 0;
        try {
            code = call(target, "/ready", HEALTH_MILLIS).getResponseCode();
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

    private static HttpURLConnection call(Target target, String path, int millis) throws IOException {
        HttpURLConnection call = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + target.port() + path).toURL().openConnection();
        call.setConnectTimeout(millis);
        call.setReadTimeout(millis);
        return call;
    }

    private static Answer heap(Target target) throws IOException, InterruptedException {
        HeapProbe heap = HeapProbe.of(target.pid());
        return target.reading(
                "heap",
                heap.used() / (double) heap.limit(),
                String.format(
                        Locale.ROOT,
                        "\"unit\":\"1\",\"used\":%d,\"limit\":%d,\"fullCollections\":%d,\"collecting\":%.3f",
                        heap.used(),
                        heap.limit(),
                        heap.fullCollections(),
                        heap.collecting()));
    }

    /** How much of one processor the process takes, as the operating system counts it over a second. */
    private static Answer cpu(Target target) throws InterruptedException {
        Optional<Duration> first = used(target);
        long began = System.nanoTime();
        Thread.sleep(CPU_MILLIS); // the distance between the two looks is what is measured over
        Optional<Duration> second = used(target);
        if (first.isEmpty() || second.isEmpty()) {
            return target.nothing("cpu");
        }
        double share = second.get().minus(first.get()).toNanos() / (double) (System.nanoTime() - began);
        return target.reading("cpu", share, "\"unit\":\"1\"");
    }

    private static Optional<Duration> used(Target target) {
        return ProcessHandle.of(target.pid()).flatMap(process -> process.info().totalCpuDuration());
    }

    /** What the instance itself says of its last 15 seconds. */
    private Answer vitals(String kind, Target target) {
        if (vitals == null) {
            vitals = read(target);
        }
        if (vitals.isEmpty()) {
            return target.nothing(kind);
        }
        String told = vitals.get();
        double value =
                switch (kind) {
                    case "errors" -> number(told, "failed") / Math.max(1, number(told, "requests"));
                    case "pool" -> number(told, "used") / Math.max(1, number(told, "size"));
                    default -> number(told, "ownMillis");
                };
        return target.reading(kind, value, told.substring(1, told.length() - 1));
    }

    private static Optional<String> read(Target target) {
        try (var body = call(target, "/vitals", VITALS_MILLIS).getInputStream()) {
            return Optional.of(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static double number(String json, String field) {
        Matcher found = Pattern.compile("\"" + field + "\":([0-9.]+)").matcher(json);
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    private Answer disk(Target target) throws IOException {
        Path volume = home.volume(target.instance());
        if (!Files.isDirectory(volume)) {
            return target.nothing("disk");
        }
        long used = Quota.used(volume);
        return target.reading(
                "disk",
                used / (double) Quota.BYTES,
                String.format(Locale.ROOT, "\"unit\":\"1\",\"used\":%d,\"limit\":%d", used, Quota.BYTES));
    }

    /** The share of its life that the certificate has behind it. */
    private Answer certificate(Target target) throws IOException {
        X509Certificate certificate =
                Certificates.read(home.certificate("receipts")).certificate();
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        Instant now = Instant.now();
        return target.reading(
                "certificate",
                Duration.between(from, now).toMillis()
                        / (double) Duration.between(from, until).toMillis(),
                "\"unit\":\"1\",\"secondsLeft\":" + Duration.between(now, until).toSeconds());
    }
}
