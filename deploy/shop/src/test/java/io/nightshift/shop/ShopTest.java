package io.nightshift.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.shop.keeper.LedgerEntry;
import io.nightshift.shop.keeper.LedgerEntry.Outcome;
import io.nightshift.shop.keeper.Status.InstanceStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The whole shop as real processes, once, with nobody receiving its telemetry and a leak that needs only seconds. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShopTest {
    @TempDir
    static Path folder;

    private static Shop shop;

    @BeforeAll
    static void open() throws Exception {
        // nobody listens on the telemetry port: exports fail all the time, and the shop must not care
        shop = Shop.start(ShopSettings.in(folder)
                .withBasePort(freeBasePort())
                .withTelemetryTo("http://127.0.0.1:9")
                .withLeakSeconds(8));
    }

    @AfterAll
    static void close() {
        if (shop != null) {
            shop.close();
        }
    }

    /** Below the range from which the kernel hands out ports, so that nobody takes one between two restarts. */
    static int freeBasePort() {
        return IntStream.iterate(20_000, base -> base < 32_000, base -> base + 100)
                .filter(base -> new Fleet(base).takenPorts().isEmpty())
                .findFirst()
                .orElseThrow();
    }

    private record Called(int exit, String text) {}

    private static Called shopctl(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(folder.resolve("shopctl").toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Called(process.waitFor(), text);
    }

    private static InstanceStatus instance(String id) throws IOException {
        return shop.status().instances().stream()
                .filter(i -> i.instance().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void awaitServed(int requests) throws Exception {
        shop.mark();
        await().atMost(Duration.ofSeconds(20)).until(() -> shop.load(0).okSinceMark() >= requests);
    }

    @Test
    @Order(1)
    void servesItsUsers() throws Exception {
        awaitServed(50);
        assertThat(shop.load(0).failedSinceMark()).isZero();
        assertThat(shop.status().instances()).hasSize(6).allMatch(i -> i.state().equals("READY"));
    }

    @Test
    @Order(2)
    void aRollingRestartFailsNoRequest() throws Exception {
        awaitServed(25);
        String before = instance("inventory-1").stateToken();
        shop.restart("inventory-1");
        shop.restart("inventory-2");
        assertThat(shop.load(0).failedSinceMark()).isZero();
        assertThat(instance("inventory-1").stateToken()).isNotEqualTo(before);
        assertThat(instance("inventory-1").restartCount()).isEqualTo(1);
    }

    @Test
    @Order(3)
    void aLoneInstanceIsReplacedWithoutAGap() throws Exception {
        awaitServed(10);
        shop.rollOut("payments", "1.8.3");
        awaitServed(25);
        assertThat(shop.load(0).failedSinceMark()).isZero();
        assertThat(instance("payments-1").version()).isEqualTo("1.8.3");
    }

    @Test
    @Order(4)
    void shopctlDoesAnActionOnceAndRefusesALowerToken() throws Exception {
        Called first = shopctl("restart", "inventory-2", "--action-id", "act-1", "--token", "41");
        assertThat(first.exit()).as(first.text()).isZero();
        String token = instance("inventory-2").stateToken();

        assertThat(shopctl("restart", "inventory-2", "--action-id", "act-1", "--token", "41"))
                .satisfies(again -> assertThat(again.exit()).isEqualTo(4))
                .satisfies(again -> assertThat(again.text()).contains("already done"));
        assertThat(shopctl("restart", "inventory-2", "--action-id", "act-2", "--token", "40")
                        .exit())
                .isEqualTo(5);

        assertThat(instance("inventory-2").stateToken()).isEqualTo(token);
        assertThat(shop.ledger())
                .filteredOn(e -> e.actionId().startsWith("act-"))
                .extracting(LedgerEntry::outcome)
                .containsExactly(Outcome.STARTED, Outcome.SUCCEEDED, Outcome.DUPLICATE, Outcome.FENCED);
        assertThat(shop.ledger().stream().filter(e -> e.actionId().equals("act-1") && e.outcome() == Outcome.SUCCEEDED))
                .singleElement()
                .satisfies(e -> assertThat(e.after().get(0).stateToken()).isEqualTo(token));
    }

    @Test
    @Order(5)
    void shopctlSaysWhatItCannotDo() throws Exception {
        assertThat(shopctl("restart", "inventory-9", "--action-id", "act-3", "--token", "1")
                        .exit())
                .isEqualTo(3);
        assertThat(shopctl("dance").exit()).isEqualTo(2);
        assertThat(shopctl("rollout", "inventory", "latest; rm").exit()).isEqualTo(2);
        assertThat(shopctl("probe", "health", "gateway-1").exit()).isZero();
    }

    @Test
    @Order(5)
    void aProcessTellsWhatGoesAwayWithIt() throws Exception {
        assertThat(shopctl("diagnosis", "heap-histogram", "inventory-1").text())
                .contains("#instances", "java.lang.String");
        assertThat(shopctl("diagnosis", "threads", "inventory-1").text())
                .contains("Full thread dump", "Reference Handler");
        assertThat(shopctl("diagnosis", "passwords", "inventory-1"))
                .satisfies(unknown -> assertThat(unknown.exit()).isEqualTo(2))
                .satisfies(unknown -> assertThat(unknown.text()).contains("nothing is known of passwords"));
        assertThat(shopctl("diagnosis", "threads", "inventory-9").exit()).isEqualTo(3);
    }

    @Test
    @Order(6)
    void theLeakingReleaseFailsRequestsAndARestartRepairsIt() throws Exception {
        assertThat(heapFraction("inventory-1")).isLessThan(0.5);
        shop.mark();
        shop.rollOut("inventory", "2.4.0");
        await().atMost(Duration.ofSeconds(40)).until(() -> shop.load(0).failedSinceMark() > 5);
        assertThat(heapFraction("inventory-1")).isGreaterThan(0.9);
        assertThat(shopctl("diagnosis", "heap-histogram", "inventory-1").text())
                .as("what it tells of itself when it only collects garbage")
                .contains("#instances", "[B");

        shop.restart("inventory-1");
        assertThat(heapFraction("inventory-1")).isLessThan(0.9);
        shop.restart("inventory-2");
        assertThat(heapFraction("inventory-2")).isLessThan(0.9);
        shop.mark();
        await().atMost(Duration.ofSeconds(5)).until(() -> shop.load(0).okSinceMark() >= 10);
    }

    @Test
    @Order(7)
    void rollingBackBringsTheGoodReleaseBack() throws Exception {
        Called rolledBack = shopctl("rollback", "inventory", "--action-id", "act-4", "--token", "50");
        assertThat(rolledBack.exit()).as(rolledBack.text()).isZero();
        assertThat(instance("inventory-1").version()).isEqualTo("2.3.1");
        awaitServed(25);
        assertThat(shop.load(0).failedSinceMark()).isZero();
    }

    @Test
    @Order(8)
    void aCrashIsRecordedAndStartedAgainOnRequest() throws Exception {
        ProcessHandle.of(instance("inventory-1").pid()).orElseThrow().destroyForcibly();
        await().until(() -> instance("inventory-1").state().equals("CRASHED"));
        assertThat(instance("inventory-1").crashes()).isEqualTo(1);
        awaitServed(10);
        shop.restart("inventory-1");
        assertThat(instance("inventory-1").state()).isEqualTo("READY");
    }

    @Test
    @Order(9)
    void allProcessesEndWithTheirKeeper() throws Exception {
        List<Long> pids =
                shop.status().instances().stream().map(InstanceStatus::pid).toList();
        ProcessHandle keeper =
                ProcessHandle.of(pids.get(0)).orElseThrow().parent().orElseThrow();
        keeper.destroyForcibly();
        await().atMost(Duration.ofSeconds(10)).until(() -> pids.stream()
                .noneMatch(
                        pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)));
    }

    private static double heapFraction(String instance) throws Exception {
        Called probe = shopctl("probe", "heap", instance);
        assertThat(probe.exit()).as(probe.text()).isZero();
        return new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(probe.text())
                .path("value")
                .asDouble();
    }
}
