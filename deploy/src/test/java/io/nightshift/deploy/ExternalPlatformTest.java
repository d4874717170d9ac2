package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a Kafka, a registry or files of somebody else is told before any stage starts. */
@Timeout(120)
class ExternalPlatformTest {

    @TempDir
    static Path shared;

    private static OutsidePlatform outside;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        outside = new OutsidePlatform(shared);
        outside.provision("there.");
    }

    @AfterAll
    static void stop() {
        outside.close();
    }

    @Test
    void aRegistryThatDoesNotAnswerIsNamed() throws IOException {
        run(outside.kafkaSection() + OutsidePlatform.registrySection(URI.create("http://127.0.0.1:1")))
                .refusesInOneLine("the schema registry at http://127.0.0.1:1 can't be reached", "registry.url");
    }

    @Test
    void aSecretThatIsNotTheBrokersIsRefused() throws IOException {
        String wrong = outside.kafkaSection().replaceAll("password=\"[^\"]*\"", "password=\"wrong\"");
        run(wrong + OutsidePlatform.registrySection(outside.registry()))
                .refusesInOneLine("Kafka can't be reached", "security settings");
    }

    @Test
    void aTopicThatIsMissingIsNamedWithItsCount() throws IOException {
        run(sections("nowhere."))
                .refuses("topic nowhere.incidents is missing, 2 partitions are expected", "nightshift topics create");
    }

    @Test
    void aTopicWithAnotherPartitionCountIsNamed() throws IOException {
        run(sections("there.").replace("workPartitions: 4", "workPartitions: 24"))
                .refuses("topic there.executions has 4 partitions, 24 are expected", "set the partition counts");
    }

    @Test
    void anOtlpPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(other.getLocalPort());
            run(sections("there.") + "ingest: {otlp: {grpc: {port: 0}, http: {port: " + port + "}}}\n", "ingest")
                    .refusesInOneLine(port, "ingest.otlp.http");
            run(sections("there.") + "ingest: {otlp: {grpc: {port: " + port + "}, http: {port: 0}}}\n", "ingest")
                    .refusesInOneLine(port, "ingest.otlp.grpc");
        }
    }

    @Test
    void aHealthPortThatIsTakenIsNamed() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(other.getLocalPort());
            run(sections("there.") + "health: {port: " + port + "}\n", "learn")
                    .refusesInOneLine(port + " on 127.0.0.1 (health and metrics; health.port)", "set another port");
        }
    }

    @Test
    void topicsAreMadeOnceAndThenLeftAlone() throws IOException {
        Path config = Files.writeString(folder.resolve("nightshift.yaml"), sections("made."));
        assertThat(Told.by("topics", "create", "--config", config.toString()).out())
                .startsWith("created ")
                .contains("made.incidents", "made.halt");
        assertThat(Told.by("topics", "create", "--config", config.toString()).out())
                .isEqualTo("all topics were there\n");
    }

    @Test
    void anInventoryWithAnUnknownKeyIsNamedWithFileAndLine() throws IOException {
        Files.writeString(folder.resolve("inventory.yaml"), """
                environment: demo
                services:
                  - name: inventory
                    namespace: shop
                    instanses: [inventory-1]
                """);
        run(sections("there.") + "inventory: inventory.yaml\n", "learn")
                .refusesInOneLine("inventory.yaml:5", "'instanses' is unknown", "'instances'");
    }

    @Test
    void anInventoryWhoseServiceNamesAnUnknownTargetIsRefused() throws IOException {
        Files.writeString(folder.resolve("inventory.yaml"), """
                environment: demo
                services:
                  - name: inventory
                    namespace: shop
                    instances: [inventory-1]
                    target: shp
                targets:
                  shop:
                    state: {argv: [/bin/true]}
                    actions: {RESTART: {argv: [/bin/true]}}
                """);
        run(sections("there.") + "inventory: inventory.yaml\n", "learn")
                .refusesInOneLine("inventory.yaml:6", "the target 'shp' is not declared", "'shop'");
    }

    @Test
    void anInventoryThatIsNotThereIsNamed() throws IOException {
        run(sections("there.") + "inventory: elsewhere.yaml\n", "learn").refusesInOneLine("elsewhere.yaml");
    }

    @Test
    void aPolicyThatDoesNotParseIsNamedWithFileAndLine() throws IOException {
        Path policy = Files.writeString(folder.resolve("policy.cedar"), """
                @id("restarts")
                permit (principal, action, resource)
                whenever { true };
                """);
        run(sections("there.") + "remediate: {policy: \"" + policy + "\"}\n", "remediate")
                .refusesInOneLine("policy.cedar:1", "whenever", "correct the rule that ends on or after this line");
    }

    @Test
    void aPolicyThatIsNotThereIsNamed() throws IOException {
        run(sections("there.") + "remediate: {policy: \"/nowhere/policy.cedar\"}\n", "remediate")
                .refusesInOneLine("/nowhere/policy.cedar", "remediate.policy");
    }

    private static String sections(String prefix) {
        return outside.kafkaSection()
                + OutsidePlatform.registrySection(outside.registry())
                + OutsidePlatform.topicsSection(prefix);
    }

    private Told run(String yaml, String... stages) throws IOException {
        Path config = Files.writeString(folder.resolve("nightshift.yaml"), yaml);
        String[] command = {
            "run", "--folder", folder.resolve("house").toString(), "--config", config.toString(), "learn"
        };
        if (stages.length > 0) {
            command[command.length - 1] = stages[0];
        }
        return Told.by(command);
    }
}
