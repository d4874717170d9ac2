package io.nightshift.remediate.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.nightshift.events.ActionKind;
import io.nightshift.remediate.target.Target.Effect;
import io.nightshift.remediate.target.Target.Outcome;
import io.nightshift.remediate.target.Target.Result;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.inventory.InventoryFile;
import io.nightshift.runtime.inventory.TargetSpec;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The documented examples on Debian's real supervisor, HAProxy and Redis. Runs in the profile {@code real-targets} and fails
 * where a program is missing.
 */
@Tag("real-targets")
@Timeout(120)
class RealProgramsTest {

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();
    private final List<HttpServer> servers = new ArrayList<>();
    private long token;

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : started) {
            process.destroy();
            if (!process.waitFor(10, java.util.concurrent.TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
        servers.forEach(server -> server.stop(0));
    }

    private void run(String... command) throws IOException {
        assertThat(Files.isExecutable(Path.of(command[0])))
                .as(command[0] + " is installed")
                .isTrue();
        started.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log-" + started.size()).toFile())
                .start());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The example's target with its places changed to the test's, and its scripts to those beside it. */
    private Target target(String example, ActionKind kind, String place, String here) throws IOException {
        Path file = ExampleTargetsTest.EXAMPLES.resolve(example + ".yaml");
        String yaml = Files.readString(file);
        assertThat(yaml).contains(place);
        TargetSpec spec = InventoryFile.of(ConfigFile.parse(
                        example,
                        yaml.replace(place, here)
                                .replace(
                                        "/opt/nightshift/bin",
                                        ExampleTargetsTest.EXAMPLES
                                                .resolve("bin")
                                                .toRealPath()
                                                .toString())))
                .targets()
                .get(example);
        return new DeclaredTargets(new Confined(folder.resolve("commands")), folder, Clock.systemUTC())
                .of(spec, kind)
                .orElseThrow();
    }

    private Result perform(Target target, String service, String instance) throws InterruptedException {
        token++;
        return target.perform(new Effect(
                service + "/" + instance,
                Map.of("service", service, "instance", instance, "actionId", "act/" + token, "token", "" + token),
                token,
                Instant.now().plus(Duration.ofSeconds(30))));
    }

    @Test
    void supervisorRestartsAProgramAndItsStateShowsIt() throws Exception {
        Path conf = Files.writeString(folder.resolve("supervisord.conf"), """
                [unix_http_server]
                file=HERE/supervisor.sock
                [supervisord]
                nodaemon=true
                logfile=HERE/supervisord.log
                pidfile=HERE/supervisord.pid
                [rpcinterface:supervisor]
                supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
                [supervisorctl]
                serverurl=unix://HERE/supervisor.sock
                [program:inventory]
                command=/bin/sleep 1000
                startsecs=1
                """.replace("HERE", folder.toString()));
        run("/usr/bin/supervisord", "-n", "-c", conf.toString());
        Target target = target("supervisor", ActionKind.RESTART, "/etc/supervisor/supervisord.conf", conf.toString());
        Map<String, String> look = Map.of("service", "inventory", "instance", "inventory");
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> !target.stateToken(look)
                .equals("0"));
        String before = target.stateToken(look);

        Result result = perform(target, "inventory", "inventory");

        assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.DONE);
        assertThat(target.stateToken(look)).isNotEqualTo(before).isNotEqualTo("0");
        assertThat(ProcessHandle.of(Long.parseLong(before)).filter(ProcessHandle::isAlive))
                .isEmpty();
        Result unknown = perform(target, "inventory", "nothing");
        assertThat(unknown.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(unknown.message()).contains("no such process");
    }

    private int serve(String name) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = name.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }

    /** Who answers, of many requests. */
    private static Set<String> answering(int port) throws IOException {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
            connection.setRequestProperty("Connection", "close");
            try (var body = connection.getInputStream()) {
                names.add(new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return names;
    }

    @Test
    void haproxyTakesAServerOutOfRotationAndPutsItBack() throws Exception {
        int front = freePort();
        Path socket = folder.resolve("admin.sock");
        Path conf = Files.writeString(
                folder.resolve("haproxy.cfg"), """
                global
                    stats socket %s level admin
                defaults
                    mode http
                    timeout connect 2s
                    timeout client 5s
                    timeout server 5s
                frontend front
                    bind 127.0.0.1:%d
                    default_backend web
                backend web
                    balance roundrobin
                    server web-1 127.0.0.1:%d
                    server web-2 127.0.0.1:%d
                """.formatted(socket, front, serve("web-1"), serve("web-2")));
        run("/usr/sbin/haproxy", "-db", "-f", conf.toString());
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> answering(front)
                .equals(Set.of("web-1", "web-2")));
        Target drain = target("haproxy", ActionKind.DRAIN, "/run/haproxy/admin.sock", socket.toString());
        Target ready = target("haproxy", ActionKind.UNDRAIN, "/run/haproxy/admin.sock", socket.toString());
        Map<String, String> look = Map.of("service", "web", "instance", "web-1");
        String before = drain.stateToken(look);

        Result drained = perform(drain, "web", "web-1");
        assertThat(drained.outcome()).as(drained.message()).isEqualTo(Outcome.DONE);
        assertThat(answering(front)).containsExactly("web-2");
        assertThat(drain.stateToken(look)).isNotEqualTo(before);

        Result back = perform(ready, "web", "web-1");
        assertThat(back.outcome()).as(back.message()).isEqualTo(Outcome.DONE);
        assertThat(answering(front)).containsExactlyInAnyOrder("web-1", "web-2");
        assertThat(drain.stateToken(look)).isEqualTo(before);
        assertThat(perform(drain, "web", "web-9").outcome()).isEqualTo(Outcome.FAILED);
    }

    private String redis(int port, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/redis-cli", "-h", "127.0.0.1", "-p", "" + port));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return said;
    }

    @Test
    void redisIsEmptiedAndARefusalIsAFailure() throws Exception {
        int port = freePort();
        run(
                "/usr/bin/redis-server",
                "--port",
                "" + port,
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--dir",
                folder.toString());
        await().atMost(Duration.ofSeconds(30)).until(() -> redis(port, "ping").equals("PONG"));
        redis(port, "set", "price", "12");
        assertThat(redis(port, "dbsize")).isEqualTo("1");
        Target target = target("redis", ActionKind.CLEAR_CACHE, "\"6379\"", "\"" + port + "\"");
        Map<String, String> look = Map.of("service", "cache", "instance", "cache");
        String before = target.stateToken(look);

        Result result = perform(target, "cache", "cache");

        assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.DONE);
        assertThat(redis(port, "dbsize")).isEqualTo("0");
        assertThat(target.stateToken(look)).as("it was not restarted").isEqualTo(before);
        redis(port, "config", "set", "requirepass", "other");
        assertThat(perform(target, "cache", "cache").outcome()).isEqualTo(Outcome.FAILED);
    }
}
