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

/** An emergency from its approval by one person to its review by another, by the commands that people have. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmergencyOnKafkaTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final ProposedRestart restart = new ProposedRestart(Instant.now());

    @Test
    void onePersonApprovesAloneAndAnotherReviewsIt() throws Exception {
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
                reviews(house, approvesAlone(house), bob);
            }
        }
    }

    private static String approvesAlone(CommandHouse house) throws IOException {
        String action = await("a question")
                .atMost(LIMIT)
                .until(() -> house.json("actions", "--waiting"), actions -> actions.size() == 1)
                .get(0)
                .path("actionId")
                .asText();
        house.command("approve", action, "--emergency").isUsage("--reason");
        Told told = house.command("approve", action, "--emergency", "--reason", "I am alone", "--as", "alice");
        assertThat(told.out())
                .startsWith("approved: ")
                .contains("Another person reviews this emergency until", "./nightshift review-emergency " + action);
        assertThat(told.status()).isZero();
        JsonNode waiting = house.json("actions", "--waiting").get(0).path("emergency");
        assertThat(waiting.path("by").asText()).isEqualTo("alice");
        assertThat(waiting.path("reviewedBy").isNull()).isTrue();
        assertThat(house.command("actions").out()).contains("(emergency: another person reviews it until");
        return action;
    }

    private static void reviews(CommandHouse house, String action, String bob) throws IOException {
        house.command("review-emergency", action, "--accept").isUsage("--reason");
        house.command("review-emergency", "act-unheard-of", "--accept", "--reason", "x")
                .isUsage("act-unheard-of");
        Told own = house.command("review-emergency", action, "--accept", "--reason", "mine", "--as", "alicia");
        assertThat(own.out()).contains("who approved it does not review it");
        assertThat(own.status()).isEqualTo(1);
        Told told = house.command(
                "review-emergency", action, "--reject", "--reason", "it could wait", "--as", "bob", "--key", bob);
        assertThat(told.out()).contains("was reviewed by 'bob' and rejected");
        assertThat(told.status()).isZero();
        assertThat(house.json("actions", "--waiting")).isEmpty();
    }

    private static Stage admission(CommandHouse house, Path inventory) throws IOException {
        Path own = Files.createDirectories(house.installation().stage("remediate"));
        return RemediateStages.of(new StageContext(
                        house.topics(),
                        house.kafka(),
                        ConfigFile.parse("nightshift.yaml", "emergencies: true\n"),
                        InventoryFile.read(inventory),
                        new SimpleMeterRegistry(),
                        own,
                        Clock.systemUTC()))
                .get(0);
    }
}
