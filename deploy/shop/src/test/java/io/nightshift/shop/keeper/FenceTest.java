package io.nightshift.shop.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.shop.keeper.LedgerEntry.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FenceTest {
    private static final String NOW = "2026-01-01T03:00:00Z";

    @TempDir
    Path folder;

    private static LedgerEntry request(String actionId, Long token, String target) {
        return new LedgerEntry(
                NOW, actionId, token, "restart", target, "test", Outcome.NOT_FOUND, "", List.of(), List.of());
    }

    private static Outcome run(Ledger ledger, String actionId, Long token, String target) throws Exception {
        LedgerEntry begun = ledger.begin(request(actionId, token, target), NOW);
        if (begun.outcome() == Outcome.STARTED) {
            ledger.append(begun.ended(NOW, Outcome.SUCCEEDED, "", List.of(), List.of()));
        }
        return begun.outcome();
    }

    @Test
    void anActionIdHasOneEffectEvenAfterTheKeeperStartsAgain() throws Exception {
        Path file = folder.resolve("ledger");
        try (Ledger ledger = new Ledger(file)) {
            assertThat(run(ledger, "a", 1L, "inventory-1")).isEqualTo(Outcome.STARTED);
            assertThat(run(ledger, "a", 1L, "inventory-1")).isEqualTo(Outcome.DUPLICATE);
        }
        try (Ledger again = new Ledger(file)) {
            assertThat(run(again, "a", 9L, "inventory-1")).isEqualTo(Outcome.DUPLICATE);
        }
    }

    @Test
    void aLowerTokenIsRefusedForItsTargetOnly() throws Exception {
        Path file = folder.resolve("ledger");
        try (Ledger ledger = new Ledger(file)) {
            assertThat(run(ledger, "a", 7L, "inventory-1")).isEqualTo(Outcome.STARTED);
        }
        try (Ledger again = new Ledger(file)) {
            assertThat(run(again, "b", 6L, "inventory-1")).isEqualTo(Outcome.FENCED);
            assertThat(run(again, "c", 6L, "inventory-2")).isEqualTo(Outcome.STARTED);
            assertThat(run(again, "d", null, "inventory-1")).isEqualTo(Outcome.STARTED);
            assertThat(run(again, "e", 8L, "inventory-1")).isEqualTo(Outcome.STARTED);
        }
    }

    @Test
    void anEffectWhoseOutcomeWasLostIsInDoubtAndNotRepeated() throws Exception {
        Path file = folder.resolve("ledger");
        try (Ledger ledger = new Ledger(file)) {
            ledger.begin(request("a", 1L, "inventory-1"), NOW);
        }
        try (Ledger again = new Ledger(file)) {
            assertThat(run(again, "a", 1L, "inventory-1")).isEqualTo(Outcome.IN_DOUBT);
        }
    }

    @Test
    void aFencedRequestDoesNotUseUpItsActionId() throws Exception {
        try (Ledger ledger = new Ledger(folder.resolve("ledger"))) {
            run(ledger, "a", 7L, "inventory-1");
            assertThat(run(ledger, "b", 6L, "inventory-1")).isEqualTo(Outcome.FENCED);
            assertThat(run(ledger, "b", 8L, "inventory-1")).isEqualTo(Outcome.STARTED);
        }
    }

    @Test
    void aTornLastLineNeitherStopsTheKeeperNorSpoilsTheNextLine() throws Exception {
        Path file = folder.resolve("ledger");
        try (Ledger ledger = new Ledger(file)) {
            run(ledger, "a", 1L, "inventory-1");
        }
        Files.writeString(file, "{\"time\":\"2026-", StandardOpenOption.APPEND);
        try (Ledger again = new Ledger(file)) {
            assertThat(run(again, "b", 2L, "inventory-1")).isEqualTo(Outcome.STARTED);
        }
        assertThat(Ledger.read(file))
                .extracting(LedgerEntry::actionId, LedgerEntry::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", Outcome.STARTED),
                        org.assertj.core.groups.Tuple.tuple("a", Outcome.SUCCEEDED),
                        org.assertj.core.groups.Tuple.tuple("b", Outcome.STARTED),
                        org.assertj.core.groups.Tuple.tuple("b", Outcome.SUCCEEDED));
    }
}
