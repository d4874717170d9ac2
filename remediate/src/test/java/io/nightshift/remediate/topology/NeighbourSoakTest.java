package io.nightshift.remediate.topology;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.EntityRef;
import io.nightshift.events.Execution;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.ProbeResult;
import io.nightshift.events.Proposal;
import io.nightshift.remediate.Stories;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While a repair soaks, no neighbour may get worse that was well before it. Orders calls the inventory, which is repaired. */
class NeighbourSoakTest {

    private static final String ORDERS = "demo/shop/orders";

    private final AdmissionHouse house = new AdmissionHouse(Stories.inventory(4));
    private ActionEvent allowed;

    @AfterEach
    void close() {
        house.close();
    }

    private Incident.Builder incident() {
        return Stories.incident("inc-1")
                .setGraph(List.of(GraphEntry.newBuilder()
                        .setSubject(new EntityRef("demo", "shop", "orders", null, Stories.INVENTORY))
                        .setValidFrom(Stories.ONSET)
                        .setLastSeen(Stories.NOW)
                        .build()));
    }

    private ProbeResult orders(String probe, boolean passed) {
        return ProbeResult.newBuilder()
                .setProbe(probe)
                .setSubject(ORDERS + "/orders-1")
                .setAt(house.now())
                .setPassed(passed)
                .setMessage(passed ? "well" : "full")
                .build();
    }

    /** Done, the target well again, and the neighbour as it was before the first effect. */
    private void succeeded(Proposal proposal, ProbeResult... before) {
        house.send(incident().build());
        house.send(Stories.investigation("inv-1", "inc-1").setProposal(proposal).build());
        assertThat(house.statuses()).containsExactly(PROPOSED, ALLOWED);
        allowed = house.last();
        assertThat(house.executions()).singleElement().satisfies(execution -> assertThat(execution.getNeighbours())
                .containsExactly(ORDERS));
        house.send(ActionEvent.newBuilder(allowed)
                .setId("evt-started")
                .setStatus(STARTED)
                .setAt(house.now())
                .setProbes(List.of(before))
                .build());
        house.advance(Duration.ofSeconds(1));
        house.executor(allowed, SUCCEEDED);
        house.advance(Duration.ofSeconds(1));
        house.send(incident()
                .setVersion(2)
                .setPhase(IncidentPhase.UPDATE)
                .setMembers(List.of(Stories.anomaly("inventory", house.now())))
                .build());
    }

    private void round(ProbeResult... neighbours) {
        house.probes(allowed, true, neighbours);
        house.advance(Duration.ofSeconds(1));
    }

    private void rounds(int count, boolean passed) {
        for (int i = 0; i < count; i++) {
            round(orders("heap", passed));
        }
    }

    @Test
    void neighboursAreProbedWithTheTarget() {
        succeeded(Stories.rollback().build(), orders("heap", true));
        house.advance(Duration.ofSeconds(2));
        assertThat(house.probeRequests()).isNotEmpty().allSatisfy(request -> assertThat(request.getNeighbours())
                .containsExactly(ORDERS));
    }

    @Test
    void aNeighbourThatFailsInTwoRoundsInARowHasTheRepairTakenBackAtOnce() {
        succeeded(Stories.rollback().build(), orders("heap", true));
        rounds(3, true);
        rounds(1, false);
        assertThat(house.statuses()).isEmpty();
        rounds(1, false);
        assertThat(house.statuses()).containsExactly(NOT_RECOVERED, UNDOING);
        assertThat(house.seen.get(house.seen.size() - 2).getSentence())
                .contains("the probe heap of demo/shop/orders/orders-1, which passed before, fails (full)")
                .contains("in two rounds in a row");
        assertThat(house.seen.get(house.seen.size() - 2).getProbes())
                .singleElement()
                .matches(probe -> !probe.getPassed());
        assertThat(house.last().getSentence()).contains("is taken back: a neighbour got worse");
        assertThat(house.executions()).singleElement().matches(Execution::getCompensation);
    }

    @Test
    void oneBadRoundStartsTheSoakAnewAndDoesNoMore() {
        succeeded(Stories.rollback().build(), orders("heap", true));
        rounds(8, true);
        rounds(1, false);
        rounds(8, true);
        assertThat(house.statuses()).isEmpty();
        rounds(4, true);
        assertThat(house.statuses()).containsExactly(RECOVERED);
    }

    @Test
    void aNeighbourThatWasNotWhollyWellBeforeHoldsNothingUp() {
        succeeded(Stories.rollback().build(), orders("heap", true), orders("disk", false));
        for (int i = 0; i < 13; i++) {
            round(orders("heap", false), orders("disk", false));
        }
        assertThat(house.statuses()).containsExactly(RECOVERED);
    }

    @Test
    void aNeighbourThatNobodyLookedAtBeforeHoldsNothingUp() {
        succeeded(Stories.rollback().build());
        rounds(13, false);
        assertThat(house.statuses()).containsExactly(RECOVERED);
    }

    @Test
    void whereThereIsNothingToTakeBackAPersonIsTold() {
        succeeded(Stories.proposal().build(), orders("heap", true));
        rounds(2, false);
        assertThat(house.statuses()).containsExactly(NOT_RECOVERED, ESCALATED);
        assertThat(house.last().getSentence()).contains("a neighbour got worse", "heap of");
        assertThat(house.executions()).isEmpty();
    }
}
