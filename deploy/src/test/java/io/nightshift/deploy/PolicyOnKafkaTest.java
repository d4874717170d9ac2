package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.remediate.RemediateStages;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.inventory.InventoryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The policy of a running admission is changed by two people, from the command line. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PolicyOnKafkaTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final ProposedRestart restart = new ProposedRestart(Instant.now());

    @Test
    void twoPeopleChangeThePolicyWhileAdmissionRuns() throws Exception {
        Path inventory = new FakeShop(folder.resolve("shop"), true).inventory(folder.resolve("inventory.yaml"), "10s");
        Files.writeString(inventory, Files.readString(inventory).replace("level: 4", "level: 3"));
        try (CommandHouse house = new CommandHouse(folder.resolve("house"), inventory)) {
            house.installation().operatorKey();
            String bob = folder.resolve("bob.pem").toString();
            assertThat(Told.by("key", bob).status()).isZero();
            Files.copy(Path.of(bob + ".pub"), house.installation().trustedKeys().resolve("bob.pub"));
            try (Stage admission = admission(house, inventory)) {
                admission.start();
                house.write(house.topics().incidents(), ProposedRestart.INCIDENT, restart.incident());
                house.write(house.topics().investigations(), ProposedRestart.INCIDENT, restart.investigation());
                String before = policyOfQuestion(house);
                changes(house, bob, before);
                aPendingQuestionIsUnderTheNewPolicy(house, bob);
            }
        }
    }

    private void changes(CommandHouse house, String bob, String before) throws IOException {
        house.command("policy", "propose", "regulated").isUsage("--reason");
        assertThat(house.command("policy", "propose", notSound(), "--reason", "x")
                        .out())
                .startsWith("refused: ")
                .contains("would let Nightshift act alone");
        JsonNode proposed = house.json("policy", "propose", "regulated", "--reason", "an audit", "--as", "alice");
        assertThat(proposed.path("done").asBoolean()).isTrue();
        assertThat(proposed.path("wider").asBoolean(true)).isFalse();
        String id = proposed.path("id").asText();
        assertThat(house.command("policy", "show").out()).contains("proposal " + id + " by alice");
        Told alone = house.command("policy", "approve", id, "--as", "alicia");
        assertThat(alone.status()).isEqualTo(1);
        assertThat(alone.out()).contains("refused: who proposed it does not approve it");
        assertThat(house.json("policy", "show").path("version").asText()).isEqualTo(before);
        Told approved = house.command("policy", "approve", id, "--as", "bob", "--key", bob);
        assertThat(approved.out()).contains("is in force");
        assertThat(approved.status()).isZero();
        house.command("policy", "approve", id, "--as", "bob", "--key", bob).isUsage("no proposal '" + id + "' waits");
    }

    private String notSound() throws IOException {
        return Files.writeString(folder.resolve("all.cedar"), "@id(\"all\") permit (principal, action, resource);")
                .toString();
    }

    private void aPendingQuestionIsUnderTheNewPolicy(CommandHouse house, String bob) throws IOException {
        String version = house.json("policy", "show").path("version").asText();
        await("the question under the new policy").atMost(LIMIT).until(() -> policyOfQuestion(house)
                .equals(version));
        String action = awaitQuestion(house).path("actionId").asText();
        assertThat(house.command("policy", "explain", "--action-id", action).out())
                .contains("step 1: ", "policy:a-person-approves-every-effect");
        Told told = house.command("approve", action, "--as", "bob", "--key", bob);
        assertThat(told.out()).startsWith("approved: ");
        assertThat(told.status()).isZero();
    }

    private static String policyOfQuestion(CommandHouse house) throws IOException {
        String action = awaitQuestion(house).path("actionId").asText();
        return house.json("policy", "explain", "--action-id", action)
                .path("policyVersion")
                .asText();
    }

    private static JsonNode awaitQuestion(CommandHouse house) {
        return await("a question")
                .atMost(LIMIT)
                .until(() -> house.json("actions", "--waiting"), actions -> actions.size() == 1)
                .get(0);
    }

    private static Stage admission(CommandHouse house, Path inventory) throws IOException {
        Path own = Files.createDirectories(house.installation().stage("remediate"));
        return RemediateStages.of(new StageContext(
                        house.topics(),
                        house.kafka(),
                        ConfigFile.parse("nightshift.yaml", "profile: standard\n"),
                        InventoryFile.read(inventory),
                        new SimpleMeterRegistry(),
                        own,
                        Clock.systemUTC()))
                .get(0);
    }
}
