package io.nightshift.detect.domain.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.detect.domain.feedback.Concern;
import io.nightshift.detect.domain.feedback.Feedback;
import io.nightshift.detect.domain.feedback.Opinion;
import io.nightshift.detect.domain.feedback.Sensitivities;
import io.nightshift.detect.domain.feedback.Sensitivity;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.Signal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReporterTest {

    private static final long SECOND = 1_000_000;
    private static final EntityRef ORDERS = new EntityRef("demo", "shop", "orders", null, null);
    private static final String SLOT = Finding.slot(ORDERS, AnomalyKind.ERRORS, "errors", "");

    private final List<Anomaly> said = new ArrayList<>();
    private Reporter reporter = reporter();
    private long now = 1_000_000 * SECOND;

    @Test
    void nearTheThresholdNothingOpensAndWhatIsOpenStaysOpen() {
        pass(60, 0.9);
        assertThat(said).isEmpty();
        pass(10, 2);
        pass(60, 0.9);
        assertThat(said)
                .extracting(Anomaly::getPhase)
                .startsWith(AnomalyPhase.OPEN)
                .doesNotContain(AnomalyPhase.CLEAR);
    }

    @Test
    void afterARestartItTakesMoreThanToBeNearForAnAnomalyToGoOn() {
        pass(10, 2);
        Anomaly open = said.get(said.size() - 1);
        reporter = reporter();
        reporter.restore(SLOT, open);
        pass(90, 0.9);
        assertThat(said.get(said.size() - 1).getPhase()).isEqualTo(AnomalyPhase.CLEAR);

        reporter = reporter();
        reporter.restore(SLOT, open);
        pass(90, 1.5);
        assertThat(said.get(said.size() - 1).getPhase()).isEqualTo(AnomalyPhase.UPDATE);
        assertThat(said).extracting(Anomaly::getId).containsOnly(open.getId());
    }

    @Test
    void noProblemEndsWhatIsBelowItsThresholdThenAndNotWhatIsFarBeyond() {
        pass(10, 1.4);
        assertThat(reporter.accept(opinion(Opinion.NOT_A_PROBLEM))).contains(SLOT);
        reporter.normal(SLOT, "A person said that it is no problem.").ifPresent(said::add);
        assertThat(said.get(said.size() - 1).getSentence()).contains("A person");
        pass(60, 1.4);
        assertThat(said.get(said.size() - 1).getPhase()).isEqualTo(AnomalyPhase.CLEAR);

        pass(10, 9);
        assertThat(said.get(said.size() - 1).getPhase()).isNotEqualTo(AnomalyPhase.CLEAR);
        assertThat(said.get(said.size() - 1).getSeverity()).isEqualTo(6);
        assertThat(reporter.accept(opinion(Opinion.NOT_A_PROBLEM))).isEmpty();
    }

    @Test
    void anOpinionAboutOneKindOfChangeOfASeriesIsAboutTheSeries() {
        Finding spike = change("orders-1", AnomalyKind.SPIKE, 1.4);
        reporter.accept(spike).ifPresent(said::add);
        reporter.accept(opinion(Opinion.NOT_A_PROBLEM));
        reporter.normal(spike.slot());
        assertThat(reporter.accept(change("orders-1", AnomalyKind.DRIFT, 1.4))).isEmpty();
        assertThat(reporter.accept(change("orders-1", AnomalyKind.DRIFT, 1.6))).isPresent();
        assertThat(reporter.accept(change("orders-2", AnomalyKind.SPIKE, 1.4)))
                .as("of another instance nothing was said")
                .isPresent();
    }

    @Test
    void anOpinionAboutAFamilyReachesEveryInstanceAndEndsWhatIsOpen() {
        reporter.accept(change("orders-1", AnomalyKind.SPIKE, 1.4)).ifPresent(said::add);
        reporter.accept(change("orders-2", AnomalyKind.DRIFT, 1.4)).ifPresent(said::add);
        reporter.accept(change("orders-3", AnomalyKind.DRIFT, 3)).ifPresent(said::add);
        String family = Concern.family(ORDERS, "queue");
        assertThat(reporter.accept(new Feedback(family, "anm-1", Opinion.NOT_A_PROBLEM, now / 1_000)))
                .containsExactly(
                        change("orders-1", AnomalyKind.SPIKE, 1).slot(),
                        change("orders-2", AnomalyKind.DRIFT, 1).slot());
        assertThat(reporter.accept(change("orders-9", AnomalyKind.SPIKE, 1.4))).isEmpty();
    }

    private Finding change(String instance, AnomalyKind kind, double severity) {
        EntityRef subject = new EntityRef("demo", "shop", "orders", instance, null);
        return new Finding(
                Finding.slot(subject, kind, "queue", "{pool=a|b}"),
                subject,
                Signal.METRIC,
                kind,
                Direction.UP,
                "queue",
                severity,
                0.001,
                now,
                30 * SECOND,
                "The queue is long.",
                anomaly -> {},
                List.of());
    }

    private Feedback opinion(Opinion opinion) {
        Anomaly last = said.get(said.size() - 1);
        return new Feedback(last.getSeries(), last.getId(), opinion, now / 1_000);
    }

    private void pass(int seconds, double severity) {
        for (int second = 0; second < seconds; second++) {
            now += SECOND;
            reporter.accept(finding(severity)).ifPresent(said::add);
            reporter.time(now).forEach(slot -> reporter.normal(slot).ifPresent(said::add));
        }
    }

    private Finding finding(double severity) {
        return new Finding(
                SLOT,
                ORDERS,
                Signal.TRACE,
                AnomalyKind.ERRORS,
                Direction.UP,
                "errors",
                severity,
                0.001,
                now,
                30 * SECOND,
                "Requests to orders fail.",
                anomaly -> {},
                List.of());
    }

    private static Reporter reporter() {
        return new Reporter(Reporter.Settings.defaults(), new Sensitivities(new Sensitivities.Memory() {
            @Override
            public void keep(String series, Sensitivity sensitivity) {}

            @Override
            public void forget(String series) {}
        }));
    }
}
