package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong before anything runs is told in one line that names the thing and the remedy. */
@Timeout(60)
class CommandErrorsTest {

    private static final int USAGE = 2;

    @TempDir
    Path folder;

    @Test
    void anUnknownScenarioIsAnsweredWithThoseThatThereAre() {
        Told told = Told.by("demo", "--folder", folder.toString(), "--scenario", "meteor");
        assertThat(told.status()).isEqualTo(USAGE);
        assertThat(told.error()).startsWith("there is no scenario 'meteor'; there are leak, healthy");
        assertThat(told.error()).doesNotContain("\tat ");
    }

    @Test
    void anUnknownStageIsAnsweredWithThoseThatThereAre() {
        Told told = Told.by("run", "--folder", folder.toString(), "detekt");
        assertThat(told.status()).isEqualTo(USAGE);
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
        Told.by("run", "--config", folder.resolve("missing.yaml").toString()).refusesInOneLine("missing.yaml");
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
                .refusesInOneLine("nightshift.yaml names no Kafka", "add a section kafka");
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
