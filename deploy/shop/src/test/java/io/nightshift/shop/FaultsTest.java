package io.nightshift.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.shop.keeper.LedgerEntry;
import io.nightshift.shop.keeper.LedgerEntry.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault on real processes: users feel it, its probe sees it past telemetry, and its own command mends it. */
class FaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    static Path folder;

    private static Shop shop;
    private static int actions;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.start(ShopSettings.in(folder).withBasePort(ShopTest.freeBasePort()));
    }

    @AfterAll
    static void close() {
        if (shop != null) {
            shop.close();
        }
    }

    private record Called(int exit, String text) {}

    private static Called shopctl(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(folder.resolve("shopctl").toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Called(process.waitFor(), text);
    }

    private static double probe(String kind, String instance) throws Exception {
        Called probe = shopctl("probe", kind, instance);
        assertThat(probe.exit()).as(probe.text()).isZero();
        JsonNode reading = new ObjectMapper().readTree(probe.text());
        assertThat(reading.path("value").isNumber()).as(probe.text()).isTrue();
        return reading.path("value").asDouble();
    }

    /** Does it as Nightshift would, and finds it in the ledger. */
    private static void mend(String... words) throws Exception {
        String id = "mend-" + ++actions;
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--action-id", id, "--token", String.valueOf(actions), "--actor", "test"));
        Called called = shopctl(all.toArray(String[]::new));
        assertThat(called.exit()).as(called.text()).isZero();
        assertThat(shop.ledger())
                .filteredOn(entry -> entry.actionId().equals(id))
                .extracting(LedgerEntry::outcome)
                .containsExactly(Outcome.STARTED, Outcome.SUCCEEDED);
        assertThat(shopctl(all.toArray(String[]::new)).exit())
                .as("the same again")
                .isEqualTo(4);
    }

    private static void awaitFailures() throws Exception {
        shop.mark();
        await().atMost(PATIENCE).until(() -> shop.load(0).failedSinceMark() > 3);
    }

    /** Fails none of a second's requests any more. */
    private static void awaitPeace() {
        await().atMost(PATIENCE).until(() -> {
            shop.mark();
            await().atMost(PATIENCE).until(() -> {
                var load = shop.load(0);
                return load.okSinceMark() + load.failedSinceMark() >= 40;
            });
            return shop.load(0).failedSinceMark() == 0;
        });
    }

    @Test
    void aFailingReleaseFailsByItselfAndGoesBack() throws Exception {
        shop.faults().buildFailing("payments", "1.8.3", 40);
        assertThat(probe("errors", "payments-1")).isZero();
        shop.rollOut("payments", "1.8.3");
        awaitFailures();
        await().atMost(PATIENCE).until(() -> probe("errors", "payments-1") > 0.05);
        assertThat(probe("errors", "orders-1")).as("orders only passes it on").isZero();
        mend("rollback", "payments");
        awaitPeace();
    }

    @Test
    void aReindexingInstanceIsSlowUntilItIsDrainedOrStartedAnew() throws Exception {
        shop.faults().reindex("inventory-2");
        await().atMost(PATIENCE).until(() -> probe("latency", "inventory-2") > 150);
        assertThat(probe("latency", "inventory-1")).isLessThan(150);
        mend("drain", "inventory-2");
        assertThat(shopctl("drain", "inventory-1").text()).contains("nobody else serves inventory");
        mend("undrain", "inventory-2");
        mend("drain", "inventory-2");
        mend("restart", "inventory-2");
        mend("undrain", "inventory-2");
        await().atMost(PATIENCE).until(() -> probe("latency", "inventory-2") < 150);
    }

    @Test
    void aReportKeepsTheConnectionsUntilItsProcessEnds() throws Exception {
        shop.faults().leakConnections("inventory", Duration.ofSeconds(2));
        awaitFailures();
        assertThat(probe("pool", "inventory-1")).isEqualTo(1);
        assertThat(probe("pool", "orders-1")).as("of the callers").isLessThan(1.01);
        mend("restart", "inventory-1");
        mend("restart", "inventory-2");
        awaitPeace();
        assertThat(probe("pool", "inventory-1")).isLessThan(0.9);
    }

    @Test
    void aVolumeFillsUpAndOnlyRotatedJournalsAreDeleted() throws Exception {
        assertThat(probe("disk", "payments-1")).isLessThan(0.2);
        Path stranger = Files.writeString(folder.resolve("data/volumes/payments-1/invoices.csv"), "kept");
        shop.faults().keepJournals("payments", Duration.ofSeconds(12));
        awaitFailures();
        assertThat(probe("disk", "payments-1")).isGreaterThan(0.9);
        shop.restart("payments-1");
        awaitFailures(); // what is on disk outlives the process
        assertThat(shopctl("free-disk", "payments-1", "everything").text()).contains("no rule everything");
        mend("free-disk", "payments-1", "rotated-journals");
        assertThat(probe("disk", "payments-1")).isLessThan(0.7);
        assertThat(stranger).hasContent("kept");
        Files.delete(folder.resolve("configuration/payments-1-journal.properties"));
        awaitPeace();
    }

    @Test
    void anOldCertificateExpiresAndANewOneIsTakenUp() throws Exception {
        assertThat(probe("certificate", "payments-1")).isLessThan(0.9);
        shop.faults().installOldCertificate(Duration.ofSeconds(5));
        assertThat(probe("certificate", "payments-1")).isGreaterThan(0.9);
        awaitFailures();
        mend("rotate-certificate", "payments", "receipts");
        awaitPeace();
        assertThat(probe("certificate", "payments-1")).isLessThan(0.9);
    }

    @Test
    void costlyRulesTakeTheProcessorAlsoAfterARestart() throws Exception {
        shop.faults().saveCostlyRules("payments", 4);
        await().atMost(PATIENCE).until(() -> probe("cpu", "payments-1") > 0.3);
        shop.restart("payments-1");
        await().atMost(PATIENCE).until(() -> probe("cpu", "payments-1") > 0.3);
        Files.delete(folder.resolve("configuration/payments-pricing.rules"));
        shop.restart("payments-1");
    }

    @Test
    void aFlagSlowsItsServiceUntilItIsTurnedOff() throws Exception {
        shop.turnOn("inventory", "stock-recount");
        await().atMost(PATIENCE).until(() -> probe("latency", "inventory-1") > 150);
        mend("disable-flag", "inventory", "stock-recount");
        await().atMost(PATIENCE).until(() -> probe("latency", "inventory-1") < 150);
        assertThat(shopctl("disable-flag", "inventory", "stock-recount").text()).contains("is off already");
    }

    @Test
    void aProviderOutsideFailsPaymentsThatAreWellThemselves() throws Exception {
        shop.acquirer("down");
        awaitFailures();
        assertThat(probe("errors", "payments-1")).isZero();
        shop.acquirer("ok");
        awaitPeace();
    }
}
