package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people are told of their decisions is what admission made of them. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DecidingOnKafkaTest {

    @TempDir
    Path folder;

    @Test
    void aDecisionIsAnsweredWithWhatBecameOfIt() throws Exception {
        try (QuestionedHouse questioned = new QuestionedHouse(folder)) {
            nothingWaitsYet(questioned.house());
            onlyServicesOfTheInventoryAreSteered(questioned.house());
            questioned.propose("");
            anApprovalUnderAHaltSaysThatNothingIsDone(questioned);
            aDenialSaysHowLongItHolds(questioned);
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

    private void anApprovalUnderAHaltSaysThatNothingIsDone(QuestionedHouse questioned) throws IOException {
        questioned.awaitQuestion();
        CommandHouse house = questioned.house();
        assertThat(house.command("halt", "--reason", "maintenance").status()).isZero();
        Told told = house.command("approve");
        assertThat(told.out())
                .startsWith("recorded, but Nightshift is halted: nothing is done.")
                .contains("./nightshift resume")
                .doesNotContain("approved");
        assertThat(told.status()).isEqualTo(1);
        assertThat(house.command("resume").status()).isZero();
    }

    private void aDenialSaysHowLongItHolds(QuestionedHouse questioned) throws IOException {
        String action = questioned.awaitQuestion();
        CommandHouse house = questioned.house();
        Told told = house.command("deny", action, "--as", "night-shift-lead");
        assertThat(told.out())
                .contains("denied by 'night-shift-lead' until 20", "asked for again before only with another plan");
        assertThat(told.status()).isZero();
        assertThat(house.command("deny", action).out()).contains("does not wait for a decision", "denied");
    }
}
