package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.deploy.home.Installation;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong before anything runs is told in one line that names the thing and the remedy. */
@Timeout(60)
class CommandErrorsTest {

    @TempDir
    Path folder;

    @Test
    void anUnknownScenarioIsAnsweredWithThoseThatThereAre() {
        Told told = Told.by("demo", "--folder", folder.toString(), "--scenario", "meteor");
        assertThat(told.status()).isEqualTo(Told.USAGE);
        assertThat(told.error()).startsWith("there is no scenario 'meteor'; there are leak, healthy");
        assertThat(told.error()).doesNotContain("\tat ");
    }

    @Test
    void anUnknownStageIsAnsweredWithThoseThatThereAre() {
        Told told = Told.by("run", "--folder", folder.toString(), "detekt");
        assertThat(told.status()).isEqualTo(Told.USAGE);
        assertThat(told.error()).contains("detekt", "DETECT", "REMEDIATE");
    }

    @Test
    void aFolderWhereNothingRanIsNamed() {
        Told.by("halt", "--folder", folder.toString())
                .refusesInOneLine("no Nightshift has run in " + folder, "./nightshift run --folder");
    }

    @Test
    void aFolderThatIsAFileIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Told.by("run", "--folder", file.toString()).refusesInOneLine(file.toString(), "can't be written", "--folder");
    }

    @Test
    void theKafkaPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(other.getLocalPort());
            run("embedded: {kafkaPort: " + port + ", registryPort: 0}\n")
                    .refusesInOneLine("Port " + port + " on 127.0.0.1 is taken", "embedded broker", "set another port");
        }
    }

    @Test
    void theRegistryPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(other.getLocalPort());
            Path config = config("embedded: {kafkaPort: 0, registryPort: " + port + "}\n");
            // in a process of its own: it needs the launcher's home to find the registry
            Told told = new Child(folder, "run", "--folder", folder.resolve("house"), "--config", config).ended();
            told.refusesInOneLine("Port " + port + " on 127.0.0.1 is taken", "registry", "set another port");
        }
    }

    @Test
    void aMisspeltSectionIsNamedWithFileAndLine() throws IOException {
        run("embedded: {kafkaPort: 0}\ndetekt: {}\n")
                .refusesInOneLine("nightshift.yaml:2", "'detekt' is unknown", "'detect'");
    }

    @Test
    void aConfigurationFileThatIsNotThereIsNamed() {
        Told.by("run", "--config", folder.resolve("missing.yaml").toString())
                .isUsage("missing.yaml: there is no such file");
    }

    @Test
    void aKafkaThatDoesNotAnswerIsNamed() throws IOException {
        run("""
                kafka: {bootstrapServers: "127.0.0.1:1"}
                registry: {url: "http://127.0.0.1:1"}
                """).refusesInOneLine("Kafka can't be reached at 127.0.0.1:1", "check that the brokers run");
    }

    @Test
    void aKafkaWithoutAnAddressIsNamedWithFileAndLine() throws IOException {
        run("kafka: {}\n").refusesInOneLine("nightshift.yaml:1", "bootstrapServers");
    }

    @Test
    void topicsOfTheEmbeddedKafkaAreNotForPeopleToMake() throws IOException {
        Told.by("topics", "create", "--config", config("health: {port: 0}\n").toString())
                .isUsage("nightshift.yaml names no Kafka", "add a section kafka");
    }

    @Test
    void topicsAreListedAsTheConfigurationCountsThem() throws IOException {
        Path config = config("topics: {prefix: \"night.\", decisionPartitions: 7}\n");
        Told told = Told.by("topics", "list", "--config", config.toString());
        assertThat(told.status()).isZero();
        assertThat(told.out())
                .containsPattern("night\\.incidents +7 partitions")
                .contains("night.halt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ingest: {otlp: {http: {port: 70000}}}",
                "detect: {objectives: [missing.yaml]}",
                "investigate: {dedline: 3s}",
                "investigate: {threads: 0}",
                "investigate: {tools: [{kind: promethius, url: 'http://localhost:1'}]}",
                "investigate: {skills: {folders: [missing.md]}}",
                "investigate: {trustedKeys: missing.pub}",
                "remediate: {soak: soon}",
                "remediate: {policy: missing.cedar}",
                "learn: {much: true}",
                "oversee: {console: {port: -1}}",
                "inventory: missing.yaml"
            })
    void whatIsWrongInAnySectionIsToldBeforeAnythingStarts(String section) throws IOException {
        Path house = folder.resolve("house");
        Told told = run("embedded: {kafkaPort: 0, registryPort: 0}\n" + section + "\n");
        told.refusesInOneLine(
                section.contains("missing") ? section.replaceAll(".*(missing\\.[a-z]+).*", "$1") : "nightshift.yaml:2");
        assertThat(house.resolve("broker")).as("no broker was begun").doesNotExist();
    }

    @Test
    void everyPortThatIsTakenIsNamedBeforeAnythingStarts() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            run("""
                    embedded: {kafkaPort: 0, registryPort: 0}
                    ingest: {otlp: {http: {port: %d}, grpc: {port: 0}}}
                    oversee: {console: {port: %d}}
                    """.formatted(one.getLocalPort(), two.getLocalPort()))
                    .refusesInOneLine(
                            one.getLocalPort() + " on 127.0.0.1 (OTLP over HTTP; ingest.otlp.http.port)",
                            two.getLocalPort() + " on localhost (the console; oversee.console.port)",
                            "set another port");
        }
        assertThat(folder.resolve("house").resolve("broker")).doesNotExist();
    }

    @Test
    void aDemoThatCannotStartLeavesWhatTheLastOneLeft() throws IOException {
        Installation last = Installation.open(folder.resolve("demo"));
        last.beginAnew();
        Path summary = Files.writeString(last.folder().resolve("summary-inc-1.md"), "what happened");
        try (ServerSocket console = new ServerSocket()) {
            try {
                console.bind(new InetSocketAddress("localhost", 8080));
            } catch (BindException e) {
                // somebody else has it: as good
            }
            Told.by("demo", "--folder", last.folder().toString())
                    .refusesInOneLine("8080 on localhost (the console", "nothing was removed from " + last.folder());
        }
        assertThat(summary).hasContent("what happened");
    }

    @Test
    void optionsOfTheDemoThatDoNotGoTogetherAreRefused() {
        for (String[] words : List.of(
                new String[] {"--scenario", "healthy", "--control"},
                new String[] {"--scenario", "healthy", "--repeat", "2"},
                new String[] {"--control", "--stay"},
                new String[] {"--scenario", "healthy", "--minutes", "0"},
                new String[] {"--level", "6"})) {
            List<String> all = new ArrayList<>(List.of("demo", "--folder", folder.toString()));
            all.addAll(List.of(words));
            Told told = Told.by(all.toArray(String[]::new));
            assertThat(told.status()).as(String.join(" ", words)).isEqualTo(Told.USAGE);
            assertThat(told.error()).contains("--");
        }
    }

    @Test
    void wordsThatAreNoneAreUsageErrors() {
        Told.by("level", "inventory", "3").isUsage("'inventory' is no service id");
        Told.by("level", "demo/shop/inventory", "9").isUsage("the level is 1 to 5, not 9");
        Told.by("hands-off", "demo/shop/inventory", "--for", "soon").isUsage("'soon' is no duration");
        Told.by("graph", "--at", "noon").isUsage("'noon' is no time");
        Told.by("feedback", "anm-1", "fine").isUsage("'fine' is no verdict");
        Told.by("anomalies", "--last", "0").isUsage("--last is 1 or more");
        Told.by("slo", "check", folder.resolve("none.yaml").toString()).isUsage("none.yaml: there is no such file");
        assertThat(Told.by("anomalies", "--last", "many").status()).isEqualTo(Told.USAGE);
        assertThat(Told.by("aprove").status()).isEqualTo(Told.USAGE);
        assertThat(Told.by("audit").status()).isEqualTo(Told.USAGE);
    }

    @Test
    void aHealthPortThatIsNoneIsNamedWithFileAndLine() throws IOException {
        run("embedded: {kafkaPort: 0, registryPort: 0}\nhealth: {port: 99999}\n")
                .refusesInOneLine("nightshift.yaml:2", "0 (any free one) to 65535");
    }

    private Told run(String yaml) throws IOException {
        return Told.by(
                "run",
                "--folder",
                folder.resolve("house").toString(),
                "--config",
                config(yaml).toString());
    }

    private Path config(String yaml) throws IOException {
        return Files.writeString(folder.resolve("nightshift.yaml"), yaml);
    }
}
