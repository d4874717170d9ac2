package io.nightshift.investigate.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.RecordRef;
import io.nightshift.investigate.InvestigationScene;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.Scenes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvidenceChoiceTest {

    private static final int ONE = 60;
    private static final RecordRef ORIGIN = new RecordRef("investigation-requests", 0, 0L);

    private final Diagnosis diagnosis = InvestigationScene.diagnosis(Scenes.leak(), ORIGIN);
    private final EvidenceValue value = new EvidenceValue(diagnosis);

    @Test
    void what_claims_cite_is_chosen_whatever_the_budget_and_comes_first() {
        List<EvidenceItem> cited =
                diagnosis.evidence().stream().filter(value::isCited).toList();

        assertThat(cited).isNotEmpty();
        assertThat(EvidenceChoice.of(diagnosis.evidence(), value, 0)).containsExactlyInAnyOrderElementsOf(cited);
        assertThat(EvidenceChoice.of(diagnosis.evidence(), value, 1_000_000))
                .containsExactlyInAnyOrderElementsOf(diagnosis.evidence())
                .startsWith(cited.stream()
                        .max((a, b) -> Double.compare(density(a), density(b)))
                        .orElseThrow());
    }

    private double density(EvidenceItem item) {
        return value.of(item) / Math.max(25, EvidenceChoice.tokens(item));
    }

    @Test
    void a_suspect_counts_more_than_who_suffers_he_more_than_a_bystander() {
        assertOrder(
                item("s", EvidenceKind.LOG, "inventory", 0),
                item("g", EvidenceKind.LOG, "gateway", 0),
                item("p", EvidenceKind.LOG, "weather", 0));
    }

    @Test
    void the_onset_counts_more_than_later_and_a_change_more_than_a_log_line() {
        assertOrder(
                item("c", EvidenceKind.CHANGE, "inventory", 0),
                item("l", EvidenceKind.LOG, "inventory", 0),
                item("x", EvidenceKind.LOG, "inventory", 3_000));
    }

    @Test
    void a_rival_is_heard_at_half_the_worth_of_the_first_or_more() {
        String rival = diagnosis.ranking().hypotheses().stream()
                .map(hypothesis -> hypothesis.getService())
                .filter(service -> !service.isEmpty() && !service.equals(Scenes.id("inventory")))
                .findFirst()
                .orElseThrow();
        EvidenceItem own = item("a", EvidenceKind.METRIC, "inventory", 0);
        EvidenceItem other = item("b", EvidenceKind.METRIC, rival.substring(rival.lastIndexOf('/') + 1), 0);

        assertThat(value.of(other)).isGreaterThanOrEqualTo(value.of(own) / 2);
    }

    @Test
    void the_fourth_of_a_kind_makes_room_for_another_kind() {
        List<EvidenceItem> items = new ArrayList<>(IntStream.range(0, 9)
                .mapToObj(i -> item("m" + i, EvidenceKind.METRIC, "inventory", 0))
                .toList());
        items.add(item("t", EvidenceKind.TOPOLOGY, "inventory", 0));

        assertThat(EvidenceChoice.of(items, value, 5 * ONE))
                .extracting(EvidenceItem::getId)
                .contains("t");
    }

    @Test
    void a_long_item_must_be_worth_its_tokens() {
        EvidenceItem terse = item("a", EvidenceKind.LOG, "inventory", 0);
        EvidenceItem wordy = EvidenceItem.newBuilder(terse)
                .setId("b")
                .setText("x".repeat(3_000))
                .build();

        assertThat(EvidenceChoice.of(List.of(wordy, terse), value, 100)).containsExactly(terse);
    }

    @Test
    void neither_the_order_of_what_was_found_nor_a_second_run_changes_the_choice() {
        List<EvidenceItem> turned = new ArrayList<>(diagnosis.evidence());
        Collections.reverse(turned);
        int tokens =
                diagnosis.evidence().stream().mapToInt(EvidenceChoice::tokens).sum() / 2;

        assertThat(EvidenceChoice.of(diagnosis.evidence(), value, tokens))
                .isEqualTo(EvidenceChoice.of(diagnosis.evidence(), value, tokens))
                .isEqualTo(EvidenceChoice.of(turned, value, tokens));
    }

    private void assertOrder(EvidenceItem... expected) {
        List<EvidenceItem> found = new ArrayList<>(List.of(expected));
        Collections.reverse(found);
        assertThat(EvidenceChoice.of(found, value, 10 * ONE)).containsExactly(expected);
        assertThat(EvidenceChoice.of(found, value, ONE)).containsExactly(expected[0]);
    }

    private static EvidenceItem item(String id, EvidenceKind kind, String service, int atSeconds) {
        Instant at = Scenes.ONSET.plusSeconds(atSeconds);
        return new EvidenceItem(
                id, kind, Scenes.entity(service, null, null), "x".repeat(120), List.of(ORIGIN), null, at);
    }
}
