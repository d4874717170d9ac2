package io.nightshift.oversee.domain.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AuditEntry;
import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.oversee.story.LeakStory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleViewTest {

    private static final Instant FAULT = Instant.parse("2026-01-10T03:12:00Z");
    private static final Instant NOW = FAULT.plusSeconds(130);

    private final LeakStory story = new LeakStory("inc-1", FAULT);
    private final ConsoleView view = new ConsoleView(record -> record.getKeyId().equals("trusted"));

    private void all(List<?> records) {
        records.forEach(view::accept);
    }

    private IncidentDetail detail() {
        return view.incident("inc-1").orElseThrow();
    }

    private void failing() {
        all(LeakStory.graph(NOW));
        all(story.anomalies());
        all(story.incidents());
        view.accept(story.investigation());
    }

    @Test
    void theTimelineIsInTheOrderOfTheNightWhateverTheOrderOfTheRecords() {
        all(story.repair());
        view.accept(story.held());
        view.accept(story.lesson());
        view.accept(story.investigation());
        all(story.incidents());
        view.accept(story.resolved());
        all(story.cleared());
        List<TimelineEntry> timeline = detail().timeline();
        assertThat(timeline).isSortedAccordingTo((a, b) -> Long.compare(a.at(), b.at()));
        assertThat(timeline)
                .extracting(TimelineEntry::kind)
                .contains("anomaly", "cleared", "incident", "investigation", "policy", "act", "verify", "learned");
        assertThat(timeline.get(timeline.size() - 1).kind()).isEqualTo("learned");
    }

    @Test
    void theHeadlineNamesCauseAndServiceOnceTheyAreKnown() {
        all(story.anomalies());
        all(story.incidents());
        String seen = story.incidents().get(1).getSentence();
        assertThat(detail().card().headline()).isEqualTo(seen);
        view.accept(story.investigation());
        assertThat(detail().card().headline()).startsWith("Memory leak in inventory");
        assertThat(detail().card().sentence()).isEqualTo(seen);
    }

    @Test
    void whatWasRefusedAfterARecoveryDoesNotHideIt() {
        failing();
        all(story.repair());
        view.accept(ActionEvent.newBuilder(story.waits())
                .setId("evt-later")
                .setActionId("act-rollback")
                .setInvestigationId("inv-later")
                .setStatus(ActionStatus.WITHDRAWN)
                .setSentence("The question is withdrawn.")
                .build());
        assertThat(detail().card().standing()).isEqualTo("recovered");
        assertThat(detail().answer().id()).isEqualTo(story.investigation().getId());
        assertThat(detail().card().action()).startsWith("rolling restart");
    }

    @Test
    void evidenceCarriesItsBandWithoutNumbersThatAreNone() {
        failing();
        EvidenceView heap = detail().evidence().stream()
                .filter(one -> one.limit() != null)
                .findFirst()
                .orElseThrow();
        assertThat(heap.values()).hasSameSizeAs(heap.times()).hasSameSizeAs(heap.upper());
        assertThat(heap.upper().get(0)).isNull();
        assertThat(heap.upper().get(20)).isEqualTo(26.0 * 1024 * 1024);
    }

    @Test
    void hypothesesShowWhatSpeaksAgainstThemWithTheEvidenceCited() {
        failing();
        AnswerView.HypothesisView first = detail().answer().hypotheses().get(0);
        assertThat(first.speaksAgainst()).hasSize(1);
        assertThat(first.speaksFor().get(0).evidence()).extracting("id").containsExactly("E1", "E2");
        assertThat(detail().answer().considered()).hasSize(3);
    }

    @Test
    void anActionThatWaitsIsAskedForWithItsPlan() {
        failing();
        view.accept(story.waits());
        assertThat(view.awaiting()).singleElement().satisfies(action -> {
            assertThat(action.planHash()).isEqualTo(LeakStory.PLAN_HASH);
            assertThat(action.instances()).containsExactly("inventory-1", "inventory-2");
            assertThat(action.verdict().rules()).containsExactly("level-3-asks-before-it-acts");
        });
        all(story.repair());
        assertThat(view.awaiting()).isEmpty();
    }

    @Test
    void theGraphIsColouredByWhatIsOpenAndNamesTheCause() {
        failing();
        assertThat(node("inventory").health()).isEqualTo("bad");
        assertThat(node("inventory").root()).isTrue();
        assertThat(node("store").health()).isEqualTo("well");
        assertThat(view.graph(NOW).edges().stream().filter(GraphView.Edge::inChain))
                .hasSize(2);
        all(story.cleared());
        assertThat(node("inventory").health()).isEqualTo("well");
    }

    @Test
    void anAnomalyWhoseClearingWasMissedIsForgottenInTime() {
        failing();
        assertThat(view.state(NOW).openAnomalies()).isEqualTo(6);
        assertThat(view.state(NOW.plus(Duration.ofHours(1))).openAnomalies()).isZero();
    }

    private GraphView.Node node(String name) {
        return view.graph(NOW).nodes().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void milestonesTellHowFarARepairHasCome() {
        failing();
        assertThat(detail().milestones()).extracting(Milestone::at).endsWith(null, null, null, null);
        all(story.repair());
        assertThat(detail().milestones())
                .extracting(Milestone::label)
                .containsExactly("began", "noticed", "explained", "allowed", "repaired", "recovered", "held");
    }

    @Test
    void aResumeWithoutATrustedSignatureDoesNotShowAsResumed() {
        view.accept(halt(HaltMode.HALT, ""));
        view.accept(halt(HaltMode.RESUME, "stranger"));
        assertThat(view.state(NOW).halt().mode()).isEqualTo("halted");
        assertThat(view.state(NOW).halt().note()).contains("was ignored");
        view.accept(halt(HaltMode.RESUME, "trusted"));
        assertThat(view.state(NOW).halt().mode()).isEqualTo("running");
    }

    private static HaltRecord halt(HaltMode mode, String key) {
        return HaltRecord.newBuilder()
                .setMode(mode)
                .setActor("eve")
                .setAt(NOW)
                .setReason("")
                .setChannel("test")
                .setKeyId(key)
                .build();
    }

    @Test
    void aLedgerWithAMissingEntryShowsAsBroken() {
        List<AuditEntry> ledger = LeakStory.ledger(5, NOW);
        all(ledger.subList(0, 3));
        assertThat(view.state(NOW).ledger().broken()).isEmpty();
        assertThat(view.state(NOW).ledger().checked()).isEqualTo(3);
        view.accept(ledger.get(4));
        assertThat(view.state(NOW).ledger().broken()).contains("between 2 and 4");
    }

    @Test
    void aHugeIncidentStaysBounded() {
        Anomaly one = story.anomalies().get(0);
        List<Anomaly> many = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            many.add(Anomaly.newBuilder(one).setId("anm-" + i).build());
        }
        all(many);
        view.accept(Incident.newBuilder(story.incidents().get(0))
                .setAnomalies(many)
                .setMemberCount(5_000)
                .build());
        for (int version = 2; version < 3_000; version++) {
            view.accept(story.incident(version, IncidentPhase.UPDATE, version, true, "version " + version));
        }
        assertThat(detail().timeline().size()).isLessThanOrEqualTo(301);
        assertThat(detail().evidence()).hasSizeLessThanOrEqualTo(12);
    }

    @Test
    void theNewestTwoHundredIncidentsAreKept() {
        for (int i = 0; i < 300; i++) {
            all(new LeakStory("inc-" + i, FAULT.plusSeconds(i)).incidents());
        }
        assertThat(view.state(NOW).incidents()).hasSize(200);
        assertThat(view.incident("inc-99")).isEmpty();
        assertThat(view.incident("inc-299")).isPresent();
        assertThat(Collections.max(view.state(NOW).incidents().stream()
                        .map(IncidentCard::onset)
                        .toList()))
                .isEqualTo(view.state(NOW).incidents().get(0).onset());
    }
}
