package io.nightshift.remediate.topology;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Signal;
import io.nightshift.remediate.Stories;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A forecast that a heap will be full: acted on before anybody is hurt, and judged by whether it still stands. */
class PreventionTest {

    private AdmissionHouse house = new AdmissionHouse(Stories.inventory(4));

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void aForecastThatNoLongerCrossesIsTheSuccess() {
        ActionEvent done = prevented();
        house.send(forecast(2, house.now()).build());
        wellFor(done, AdmissionHouse.SOAK.plusSeconds(3));
        assertThat(house.statuses()).containsExactly(RECOVERED);
    }

    @Test
    void aForecastThatStillCrossesIsNoSuccessHoweverWellTheProbesAre() {
        wellFor(prevented(), AdmissionHouse.VERIFY_WITHIN.plusSeconds(2));
        assertThat(house.statuses()).containsExactly(NOT_RECOVERED, ESCALATED);
        assertThat(house.seen.get(house.seen.size() - 2).getSentence()).contains("its anomalies have not cleared");
    }

    @Test
    void aForecastThatIsWithdrawnBeforeTheAnswerComesDoesNothing() {
        house.send(withdrawn().build());
        house.send(Stories.investigation("inv-1", "inc-1").build());
        assertThat(house.statuses()).doesNotContain(ALLOWED, AWAITING_APPROVAL);
        assertThat(house.executions()).isEmpty();
    }

    @Test
    void aForecastThatIsWithdrawnWhileAPersonIsAskedTakesTheQuestionBack() {
        house.close();
        house = new AdmissionHouse(Stories.inventory(3));
        house.send(forecast(1, null).build());
        house.send(Stories.investigation("inv-1", "inc-1").build());
        assertThat(house.statuses()).containsExactly(PROPOSED, AWAITING_APPROVAL);

        house.send(withdrawn().build());
        house.advance(Duration.ofSeconds(2));

        assertThat(house.statuses()).containsExactly(WITHDRAWN);
        assertThat(house.executions()).isEmpty();
    }

    /** The executor's work on it is done; whether it helped is not known yet. */
    private ActionEvent prevented() {
        house.send(forecast(1, null).build());
        house.send(Stories.investigation("inv-1", "inc-1").build());
        assertThat(house.statuses()).containsExactly(PROPOSED, ALLOWED);
        ActionEvent allowed = house.last();
        house.executor(allowed, STARTED);
        house.advance(Duration.ofSeconds(5));
        house.executor(allowed, SUCCEEDED);
        return allowed;
    }

    private void wellFor(ActionEvent done, Duration time) {
        for (long s = 0; s < time.toSeconds(); s += 2) {
            house.probes(done, true);
            house.advance(Duration.ofSeconds(2));
        }
    }

    private static Incident.Builder withdrawn() {
        return forecast(2, Stories.NOW).setPhase(IncidentPhase.RESOLVED);
    }

    /** Nothing but the forecast: no user feels anything yet. */
    private static Incident.Builder forecast(int version, Instant clearedAt) {
        AnomalyBrief forecast = AnomalyBrief.newBuilder(Stories.anomaly("inventory", clearedAt))
                .setSignal(Signal.FORECAST)
                .setKind(AnomalyKind.EXHAUSTION)
                .build();
        return Stories.incident("inc-1")
                .setVersion(version)
                .setPages(false)
                .setServices(List.of(Stories.INVENTORY))
                .setMembers(List.of(forecast))
                .setMemberCount(1)
                .setUnhealthyServices(1);
    }
}
