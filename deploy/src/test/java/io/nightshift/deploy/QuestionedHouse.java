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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A shop at level 3, where people are asked about each repair; the operator's key and bob's are trusted. */
final class QuestionedHouse implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path inventory;
    private final CommandHouse house;
    private final String bob;
    private Stage admission;

    QuestionedHouse(Path folder) throws Exception {
        inventory = new FakeShop(folder.resolve("shop"), true).inventory(folder.resolve("inventory.yaml"), "10s");
        Files.writeString(inventory, Files.readString(inventory).replace("level: 4", "level: 3"));
        house = new CommandHouse(folder.resolve("house"), inventory);
        house.installation().operatorKey();
        bob = folder.resolve("bob.pem").toString();
        assertThat(Told.by("key", bob).status()).isZero();
        Files.copy(Path.of(bob + ".pub"), house.installation().trustedKeys().resolve("bob.pub"));
    }

    CommandHouse house() {
        return house;
    }

    /** The file of bob's key. */
    String bob() {
        return bob;
    }

    /**
     * Admission begins to run, and a restart is proposed.
     *
     * @param settings of section remediate, in YAML
     */
    void propose(String settings) throws Exception {
        Path own = Files.createDirectories(house.installation().stage("remediate"));
        admission = RemediateStages.of(new StageContext(
                        house.topics(),
                        house.kafka(),
                        ConfigFile.parse("nightshift.yaml", settings),
                        InventoryFile.read(inventory),
                        new SimpleMeterRegistry(),
                        own,
                        Clock.systemUTC()))
                .get(0);
        admission.start();
        ProposedRestart restart = new ProposedRestart(Instant.now());
        house.write(house.topics().incidents(), ProposedRestart.INCIDENT, restart.incident());
        house.write(house.topics().investigations(), ProposedRestart.INCIDENT, restart.investigation());
    }

    /** Id of the one action that waits, which is asked about within the limit. */
    String awaitQuestion() {
        JsonNode waiting = await("a question")
                .atMost(LIMIT)
                .until(() -> house.json("actions", "--waiting"), actions -> actions.size() == 1);
        return waiting.get(0).path("actionId").asText();
    }

    @Override
    public void close() throws Exception {
        try (house) {
            if (admission != null) {
                admission.close();
            }
        }
    }
}
