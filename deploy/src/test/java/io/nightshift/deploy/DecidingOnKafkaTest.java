package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.remediate.RemediateStages;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.EmptyConfig;
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

/** What people are told of their decisions is what admission made of them. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DecidingOnKafkaTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final ProposedRestart restart = new ProposedRestart(Instant.now());

    @Test
    void aDecisionIsAnsweredWithWhatBecameOfIt() throws Exception {
        Path inventory = new FakeShop(folder.resolve("shop"), true).inventory(folder.resolve("inventory.yaml"), "10s");
        Files.writeString(inventory, Files.readString(inventory).replace("level: 4", "level: 3"));
        try (CommandHouse house = new CommandHouse(folder.resolve("house"), inventory)) {
            house.installation().operatorKey();
            nothingWaitsYet(house);
            onlyServicesOfTheInventoryAreSteered(house);
            try (Stage admission = admission(house, inventory)) {
                admission.start();
                house.write(house.topics().incidents(), ProposedRestart.INCIDENT, restart.incident());
                house.write(house.topics().investigations(), ProposedRestart.INCIDENT, restart.investigation());
                anApprovalUnderAHaltSaysThatNothingIsDone(house);
                aDenialSaysHowLongItHolds(house);
            }
        }
    }

    private void nothingWaitsYet(CommandHouse house) {
        Told told = house.command("approve");
        assertThat(told.out()).startsWith("no action waits for a decision");
        assertThat(told.status()).isEqualTo(1);
        house.command("approve", "act-unheard-of").isUsage("no action 'act-unheard-of'", "./nightshift actions");
        house.command("summary", "inc-unheard-of").isUsage("no incident 'inc-unheard-of'");
    }

    private void onlyServicesOfTheInventoryAreSteered(CommandHouse house) {
        String known = "demo/shop/gateway, demo/shop/inventory, demo/shop/orders";
        house.command("level", "demo/shop/inventry", "3").isUsage("no service 'demo/shop/inventry'", known);
        house.command("hands-off", "demo/shop/inventry").isUsage("no service 'demo/shop/inventry'", known);
        house.command("hands-on", "demo/shop/inventry").isUsage("no service 'demo/shop/inventry'", known);
        assertThat(house.command("level", "demo/shop/inventory", "3").status()).isZero();
    }

    private void anApprovalUnderAHaltSaysThatNothingIsDone(CommandHouse house) throws IOException {
        awaitQuestion(house);
        assertThat(house.command("halt", "--reason", "maintenance").status()).isZero();
        Told told = house.command("approve");
        assertThat(told.out())
                .startsWith("recorded, but Nightshift is halted: nothing is done.")
                .contains("./nightshift resume")
                .doesNotContain("approved");
        assertThat(told.status()).isEqualTo(1);
        assertThat(house.command("resume").status()).isZero();
    }

    private void aDenialSaysHowLongItHolds(CommandHouse house) throws IOException {
        String action = awaitQuestion(house);
        Told told = house.command("deny", action, "--as", "night-shift-lead");
        assertThat(told.out())
                .contains("denied by 'night-shift-lead' until 20", "asked for again before only with another plan");
        assertThat(told.status()).isZero();
        assertThat(house.command("deny", action).out()).contains("does not wait for a decision", "denied");
    }

    /** The action that waits, which is asked about within the limit. */
    private static String awaitQuestion(CommandHouse house) {
        JsonNode waiting = await("a question")
                .atMost(LIMIT)
                .until(() -> house.json("actions", "--waiting"), actions -> actions.size() == 1);
        return waiting.get(0).get("actionId").asText();
    }

    private static Stage admission(CommandHouse house, Path inventory) throws IOException {
        Path own = Files.createDirectories(house.installation().stage("remediate"));
        return RemediateStages.of(new StageContext(
                        house.topics(),
                        house.kafka(),
                        EmptyConfig.INSTANCE,
                        InventoryFile.read(inventory),
                        new SimpleMeterRegistry(),
                        own,
                        Clock.systemUTC()))
                .get(0);
    }
}
