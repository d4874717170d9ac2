package io.nightshift.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nightshift.embedded.EmbeddedException;
import io.nightshift.embedded.FolderUnusableException;
import io.nightshift.embedded.PortTakenException;
import io.nightshift.embedded.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each test on a thread of its own, so that one that waits for a child process ends at its limit too. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmbeddedRegistryTest {
    private static final Path DISTRIBUTION = Path.of(System.getProperty("registry.distribution"));
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SCHEMA = """
            {"schema": "{\\"type\\":\\"record\\",\\"name\\":\\"Fact\\",\\"fields\\":[{\\"name\\":\\"text\\",\\"type\\":\\"string\\"}]}"}""";
    private static final String INCOMPATIBLE = SCHEMA.replace("text", "other");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static EmbeddedBroker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.ephemeral();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void schemasSurviveARestartByIdAndIncompatibleOnesAreRefused() throws Exception {
        String id;
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(settings(0))) {
            registry.awaitReady(LIMIT);
            HttpResponse<String> registered = post(registry, "/subjects/facts-value/versions", SCHEMA);
            assertThat(registered.statusCode()).as(registered.body()).isEqualTo(200);
            id = registered.body().replaceAll("\\D", "");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("registry.properties"))))
                    .isEqualTo("rw-------");
            String commandLine = ProcessHandle.of(registry.pid())
                    .flatMap(process -> process.info().commandLine())
                    .orElseThrow();
            assertThat(commandLine).contains("apicurio").doesNotContain(password());
            assertThat(commandLine)
                    .as("uses the class archive that the build recorded, and writes none when it stops")
                    .contains("-XX:SharedArchiveFile=")
                    .doesNotContain("-XX:ArchiveClassesAtExit");
        }
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(settings(0))) {
            registry.awaitReady(LIMIT);
            assertThat(get(registry, "/schemas/ids/" + id).body())
                    .contains("Fact")
                    .contains("text");
            assertThat(post(registry, "/subjects/facts-value/versions", INCOMPATIBLE)
                            .statusCode())
                    .isEqualTo(409);
            assertThat(get(registry, "/config").body()).contains("FULL_TRANSITIVE");
        }
    }

    @Test
    void aRegistryLeftOverFromAKilledParentIsEndedByTheNextStart() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RegistryParent.class.getName(),
                        DISTRIBUTION.toString(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long orphanPid;
        try (BufferedReader output = parent.inputReader()) {
            String ready = output.lines()
                    .filter(line -> line.startsWith(RegistryParent.READY))
                    .findFirst()
                    .orElseThrow();
            orphanPid = Long.parseLong(ready.substring(RegistryParent.READY.length()));
            assertThatThrownBy(() -> EmbeddedRegistry.start(settings(0)))
                    .as("while its parent lives, nobody touches it")
                    .isInstanceOf(FolderUnusableException.class);
        } finally {
            parent.destroyForcibly().waitFor();
        }
        ProcessHandle orphan = ProcessHandle.of(orphanPid).orElseThrow();
        assertThat(orphan.isAlive())
                .as("kill -9 of the parent leaves the child")
                .isTrue();
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(settings(0))) {
            orphan.onExit().get(1, TimeUnit.SECONDS);
            assertThat(registry.pid()).isNotEqualTo(orphanPid);
            registry.awaitReady(LIMIT);
        }
    }

    @Test
    void aProcessThatOnlyHasTheOrphansNumberIsLeftAlone() throws Exception {
        Orphan.remember(folder, ProcessHandle.current());
        assertThat(Orphan.of(folder)).as("same number and start, other command").isEmpty();
        Files.writeString(
                folder.resolve("registry.pid"), ProcessHandle.current().pid() + " 1000\n");
        assertThat(Orphan.of(folder)).as("same number, other start").isEmpty();
        Files.writeString(folder.resolve("registry.pid"), "rubbish");
        assertThat(Orphan.of(folder)).isEmpty();
    }

    @Test
    void aTakenPortIsNamedWithItsRemedy() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> EmbeddedRegistry.start(settings(other.getLocalPort())))
                    .isInstanceOf(PortTakenException.class)
                    .hasMessageContaining(String.valueOf(other.getLocalPort()))
                    .hasMessageContaining("another port");
        }
    }

    @Test
    void aMissingDistributionIsNamedWithItsRemedy() {
        Path nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> EmbeddedRegistry.start(
                        new EmbeddedRegistry.Settings(nowhere, folder, 0, broker.clientProperties())))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining(nowhere.toString())
                .hasMessageContaining("build");
    }

    @Test
    void aRegistryThatDiesWhileItStartsIsReportedWithTheEndOfItsLog() {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(settings(0))) {
            ProcessHandle.of(registry.pid()).orElseThrow().destroyForcibly();
            assertThatThrownBy(() -> registry.awaitReady(LIMIT))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("registry.log");
        }
    }

    @Test
    void aRegistryThatDiesIsStartedAgainOnItsPortWithItsSchemasEachTime() throws Exception {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start(settings(0))) {
            registry.awaitReady(LIMIT);
            post(registry, "/subjects/kept-value/versions", SCHEMA);
            for (int death = 1; death <= 2; death++) {
                long died = registry.pid();
                ProcessHandle.of(died).orElseThrow().destroyForcibly();
                await().atMost(LIMIT).until(() -> answers(registry, "/subjects/kept-value/versions/latest", "Fact"));
                assertThat(registry.pid()).isNotEqualTo(died);
                assertThat(registry.alive()).isTrue();
            }
        }
    }

    @Test
    void aRegistryThatIsClosedWhileItsRestartWaitsStaysDown() {
        EmbeddedRegistry registry = EmbeddedRegistry.start(settings(0));
        registry.awaitReady(LIMIT);
        ProcessHandle process = ProcessHandle.of(registry.pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
        registry.close();
        assertThat(registry.alive()).isFalse();
        await().during(RestartDelay.FIRST.multipliedBy(2))
                .atMost(RestartDelay.FIRST.multipliedBy(4))
                .until(() -> !registry.alive());
    }

    private static boolean answers(EmbeddedRegistry registry, String path, String text) {
        try {
            return get(registry, path).body().contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private EmbeddedRegistry.Settings settings(int port) {
        return new EmbeddedRegistry.Settings(DISTRIBUTION, folder, port, broker.clientProperties());
    }

    private static String password() {
        Map<String, String> settings = broker.clientProperties();
        return settings.get("sasl.jaas.config").replaceAll(".*password=\"([^\"]*)\".*", "$1");
    }

    private static HttpResponse<String> get(EmbeddedRegistry registry, String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(registry.url() + path)).build());
    }

    private static HttpResponse<String> post(EmbeddedRegistry registry, String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(registry.url() + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
