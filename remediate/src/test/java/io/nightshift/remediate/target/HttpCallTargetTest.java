package io.nightshift.remediate.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.nightshift.events.ActionKind;
import io.nightshift.remediate.target.Target.Effect;
import io.nightshift.remediate.target.Target.Outcome;
import io.nightshift.remediate.target.Target.Result;
import io.nightshift.runtime.inventory.HttpTarget;
import io.nightshift.runtime.inventory.InventoryFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HttpCallTargetTest {

    /** What a request looked like: line, headers of interest, body. */
    private record Seen(String line, String key, String token, String authorization, String body) {}

    private static final String YAML = """
            services: []
            targets:
              jobs:
                type: http
                base: http://jobs.example.com:PORT
                allowLoopback: true
                fenced: true
                headers: {Authorization: {file: secret, prefix: "Bearer "}}
                state: {path: "/state/{instance}", read: {stateToken: /run/id, changedAt: /at, changedBy: /by, rollout: /busy}}
                actions:
                  RESTART:
                    path: "/restart?on={instance}"
                    body: {on: "{instance}", key: "{actionId}", list: ["{arg.reason}"], force: true}
                    expect: [200]
                    doneBefore: [409]
                    fencedOut: [412]
                    timeout: 5s
                  DRAIN:
                    path: /drain
                    expect: [201]
                    poll:
                      - {id: "header:Location", path: "/queue/{id}", status: /run, every: 100ms}
                      - {id: /run, path: "/runs/{id}", status: /status, succeeded: [ok], failed: [bad], every: 100ms}
                    timeout: 5s
            """;

    @TempDir
    Path folder;

    private HttpServer server;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private int port;
    private String[] resolved = {"127.0.0.1"};
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
        port = server.getAddress().getPort();
        Files.writeString(folder.resolve("secret"), "s3cret\n");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(String path, int status, String body, String... header) {
        server.createContext(path, exchange -> {
            seen.add(new Seen(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                    exchange.getRequestHeaders().getFirst("Fencing-Token"),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            if (header.length > 0) {
                exchange.getResponseHeaders().set(header[0], header[1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private HttpCallTarget target(ActionKind kind) throws IOException {
        Path file = Files.writeString(folder.resolve("inventory.yaml"), YAML.replace("PORT", String.valueOf(port)));
        HttpTarget spec = (HttpTarget) InventoryFile.read(file).targets().get("jobs");
        return new HttpCallTarget(
                spec, spec.actions().get(kind), this::resolve, new Fence(folder.resolve("fences")), Clock.systemUTC());
    }

    private InetAddress[] resolve(String host) throws java.net.UnknownHostException {
        assertThat(host).isEqualTo("jobs.example.com");
        asked.incrementAndGet();
        List<InetAddress> addresses = new ArrayList<>();
        for (String address : resolved) {
            addresses.add(InetAddress.getByName(address));
        }
        return addresses.toArray(InetAddress[]::new);
    }

    private static Effect effect(long token, Duration within) {
        return new Effect(
                "demo/shop/inventory/inventory-1",
                Map.of("instance", "inventory-1", "actionId", "act/0", "token", "" + token, "reason", "leak"),
                token,
                Instant.now().plus(within));
    }

    private Result perform(ActionKind kind, Duration within) throws Exception {
        return target(kind).perform(effect(7, within));
    }

    @Test
    void aCallCarriesItsKeysAndFillsTextsOnly() throws Exception {
        answer("/restart", 200, "");

        Result result = perform(ActionKind.RESTART, Duration.ofSeconds(5));

        assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.DONE);
        assertThat(seen)
                .containsExactly(new Seen(
                        "POST /restart?on=inventory-1",
                        "act/0",
                        "7",
                        "Bearer s3cret",
                        "{\"on\":\"inventory-1\",\"key\":\"act/0\",\"list\":[\"leak\"],\"force\":true}"));
        assertThat(asked).as("resolved once for the call").hasValue(1);
        assertThat(target(ActionKind.RESTART)
                        .perform(effect(7, Duration.ofSeconds(5)))
                        .outcome())
                .as("the same token again")
                .isEqualTo(Outcome.FENCED);
        assertThat(seen).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "409, DONE",
        "412, FENCED",
        "400, FAILED",
        "404, FAILED",
        "429, FAILED",
        "408, UNKNOWN",
        "500, UNKNOWN",
        "503, UNKNOWN",
        "204, UNKNOWN"
    })
    void theStatusSaysHowItEnded(int status, Outcome outcome) throws Exception {
        answer("/restart", status, status == 204 ? "" : "it says why");

        assertThat(perform(ActionKind.RESTART, Duration.ofSeconds(5)).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"301, FAILED", "307, FAILED", "308, FAILED", "302, UNKNOWN", "303, UNKNOWN"})
    void aRedirectIsNeverFollowed(int status, Outcome outcome) throws Exception {
        answer("/restart", status, "", "Location", "/elsewhere");
        answer("/elsewhere", 200, "");

        Result result = perform(ActionKind.RESTART, Duration.ofSeconds(5));

        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.message()).contains("never followed");
        assertThat(seen).hasSize(1);
    }

    @Test
    void aNameThatLeadsInsideIsRefusedWhenItIsConnectedTo() throws Exception {
        answer("/restart", 200, "");
        long token = 1;
        for (String inside : List.of("169.254.169.254", "fd00:ec2::254", "10.0.0.8", "224.0.0.1", "0.0.0.0")) {
            resolved = new String[] {inside};
            Result result = target(ActionKind.RESTART).perform(effect(token++, Duration.ofSeconds(5)));
            assertThat(result.outcome()).as(inside).isEqualTo(Outcome.FAILED);
            assertThat(result.message()).contains("nothing was sent", "may not be called");
        }
        // A name with one allowed address among others is a trick and not a choice.
        resolved = new String[] {"127.0.0.1", "169.254.169.254"};
        assertThat(perform(ActionKind.RESTART, Duration.ofSeconds(5)).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(seen).isEmpty();
    }

    @Test
    void aNameThatPointsElsewhereLaterReachesNothingThere() throws Exception {
        answer("/state", 200, "{\"run\":{\"id\":12}}");
        answer("/restart", 200, "");
        HttpCallTarget target = target(ActionKind.RESTART);

        assertThat(target.stateToken(Map.of("instance", "inventory-1"))).isEqualTo("12");
        resolved = new String[] {"169.254.169.254"};
        assertThat(target.perform(effect(7, Duration.ofSeconds(5))).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(seen).extracting(Seen::line).containsExactly("GET /state/inventory-1");
    }

    @Test
    void aServerThatIsNotThereGotNothing() throws Exception {
        server.stop(0);

        Result result = perform(ActionKind.RESTART, Duration.ofSeconds(5));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.message()).contains("nothing was sent");
    }

    @Test
    void aMissingSecretSendsNothingAndIsNamedByItsPlace() throws Exception {
        answer("/restart", 200, "");
        Files.delete(folder.resolve("secret"));

        Result result = perform(ActionKind.RESTART, Duration.ofSeconds(5));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.message())
                .contains("no secret for the header Authorization")
                .contains("secret");
        assertThat(seen).isEmpty();
    }

    /** A server that says this much after the request was read, and then drips or closes. */
    private ServerSocket raw(String says, boolean drips) throws IOException {
        ServerSocket raw = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        port = raw.getLocalPort();
        Thread thread = new Thread(() -> {
            try (Socket socket = raw.accept()) {
                socket.getInputStream().read(new byte[8192]);
                socket.getOutputStream().write(says.getBytes(StandardCharsets.US_ASCII));
                while (drips) {
                    socket.getOutputStream().write('x');
                    socket.getOutputStream().flush();
                    Thread.sleep(50);
                }
            } catch (IOException | InterruptedException e) {
                // The client went away, which is what the test waits for.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return raw;
    }

    @Test
    void aCallThatIsCutOffInTheMiddleIsUnknown() throws Exception {
        try (ServerSocket cut = raw("", false)) {
            assertThat(perform(ActionKind.RESTART, Duration.ofSeconds(5)).outcome())
                    .isEqualTo(Outcome.UNKNOWN);
            assertThat(cut.isBound()).isTrue();
        }
    }

    @Test
    void anAnswerThatDripsIsEndedInTimeAndUnknown() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";
        try (ServerSocket drips = raw(head, true)) {
            long began = System.nanoTime();
            Result result = perform(ActionKind.RESTART, Duration.ofMillis(700));
            assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.UNKNOWN);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            assertThat(drips.isBound()).isTrue();
        }
    }

    @Test
    void anEffectWhoseOutcomeIsUnknownKeepsTheNextOneOutUntilItsTimeIsOver() throws Exception {
        answer("/restart", 500, "broken");
        HttpCallTarget target = target(ActionKind.RESTART);

        assertThat(target.perform(effect(7, Duration.ofSeconds(30))).outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(target.perform(effect(8, Duration.ofSeconds(30))).outcome()).isEqualTo(Outcome.FENCED);
        assertThat(seen).hasSize(1);
    }

    @Test
    void anAnswerOfAnyLengthIsReadToItsBoundOnly() throws Exception {
        answer("/state", 200, "{\"run\":{\"id\":\"" + "x".repeat(HttpCall.ANSWER_BYTES) + "\"}}");

        assertThatThrownBy(() -> target(ActionKind.RESTART).stateToken(Map.of("instance", "inventory-1")))
                .isInstanceOf(TargetException.class)
                .hasMessageContaining("more length than is read");
    }

    @Test
    void aJobIsFollowedToItsEnd() throws Exception {
        answer("/drain", 201, "", "Location", "http://elsewhere.example.com/queue/31/");
        answer("/queue/31", 200, "{\"run\":77}");
        AtomicInteger looks = new AtomicInteger();
        server.createContext("/runs/77", exchange -> {
            byte[] body = (looks.incrementAndGet() < 3 ? "{\"status\":\"running\"}" : "{\"status\":\"ok\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        Result result = perform(ActionKind.DRAIN, Duration.ofSeconds(10));

        assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.DONE);
        assertThat(looks).hasValue(3);
    }

    @Test
    void aJobThatFailedFailedAndOneWithoutAnEndIsUnknown() throws Exception {
        answer("/drain", 201, "", "Location", "/queue/31");
        answer("/queue/31", 200, "{\"run\":77}");
        answer("/runs/77", 200, "{\"status\":\"bad\"}");
        assertThat(perform(ActionKind.DRAIN, Duration.ofSeconds(10)).outcome()).isEqualTo(Outcome.FAILED);

        server.removeContext("/runs/77");
        answer("/runs/77", 200, "{\"status\":\"running\"}");
        Result result = target(ActionKind.DRAIN).perform(effect(8, Duration.ofMillis(600)));
        assertThat(result.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(result.message()).contains("last seen: running");
    }

    @Test
    void itsStateIsReadByPointers() throws Exception {
        answer("/state", 200, "{\"run\":{\"id\":12},\"at\":\"2026-11-23T03:00:00Z\",\"by\":\"kim\",\"busy\":true}");

        Standing standing = target(ActionKind.RESTART).standing(Map.of("instance", "inventory-1"));

        assertThat(standing.stateToken()).isEqualTo("12");
        assertThat(standing.changed()).contains(new Standing.Change(Instant.parse("2026-11-23T03:00:00Z"), "kim"));
        assertThat(standing.rollout()).contains("a rollout");
    }

    @Test
    void aDryRunSaysWhatWouldBeSentAndSendsNothing() throws Exception {
        answer("/restart", 200, "");
        HttpCallTarget target = target(ActionKind.RESTART);

        Target.Preview preview = target.dryRun(effect(7, Duration.ofSeconds(5)));

        assertThat(preview.possible()).isTrue();
        assertThat(preview.message())
                .contains("POST", "/restart?on=inventory-1")
                .doesNotContain("s3cret");
        assertThat(target.promises()).isEqualTo(new Promises(Promises.Fencing.TARGET, Promises.DryRun.DESCRIBED, true));
        assertThat(seen).isEmpty();
    }

    @Test
    void aValueThatIsNoIdentifierSendsNothing() throws Exception {
        answer("/restart", 200, "");
        for (String bad : List.of("a b", "a\"b", "a&b", "../admin", "a/../b", "x\r\nHost: y", "")) {
            Effect effect = new Effect(
                    "s",
                    Map.of("instance", bad, "actionId", "act/0", "reason", "leak"),
                    9,
                    Instant.now().plusSeconds(5));
            assertThat(target(ActionKind.RESTART).perform(effect).outcome())
                    .as(bad)
                    .isEqualTo(Outcome.FAILED);
        }
        assertThat(seen).isEmpty();
    }
}
