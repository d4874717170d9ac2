package io.nightshift.detect.domain.slo;

import static io.nightshift.detect.domain.slo.BudgetRig.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightshift.events.MetricKind;
import io.nightshift.events.SloEvidence;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceObjectivesTest {

    private static final Duration MONTH = Duration.ofDays(30);

    /** The Workbook's detection time is window × rate ÷ burn, once the window has been seen. */
    @ParameterizedTest
    @CsvSource({
        "1.0,   page,   0.5, 3",
        "0.05,  page,   15,  20",
        "0.016, page,   50,  60",
        "0.007, page,   300, 330",
        "0.0012, ticket, 3500, 3800",
    })
    void aConstantBurnAlertsWhenItHasUsedItsShareOfTheBudget(double badShare, String alert, double from, double to) {
        BudgetRig rig = BudgetRig.of(0.999, MONTH);
        rig.live(Duration.ofDays(3), 20, 0);
        Duration took = rig.liveUntil(alert, Duration.ofDays(4), 20, badShare).orElseThrow();
        assertThat(took.toSeconds() / 60.0).isBetween(from, to);
    }

    @Test
    void aBurnThatTheBudgetBearsNeverAlerts() {
        BudgetRig rig = BudgetRig.of(0.999, MONTH);
        rig.live(Duration.ofDays(7), 20, 0.0009);
        assertThat(rig.opened).isEmpty();
    }

    @Test
    void anOutageSaysWhatItCostAndEndsSoonAfterIt() {
        BudgetRig rig = BudgetRig.of(0.999, MONTH);
        rig.live(Duration.ofDays(2), 20, 0);
        rig.live(Duration.ofMinutes(5), 20, 0.5);
        assertThat(rig.open).containsKey("page");
        SloEvidence said = rig.evidence("page");
        assertThat(said.getTarget()).isEqualTo(0.999);
        assertThat(said.getLongWindowSeconds()).isEqualTo(3600);
        assertThat(said.getShortWindowSeconds()).isEqualTo(300);
        // 2.5 minutes' worth of failures in an hour of 720 and a budget of a thousandth.
        assertThat(said.getBurnRateLong()).isCloseTo(1000 * 2.5 / 60, within(2.0));
        assertThat(said.getBudgetRemaining()).isCloseTo(1 - 2.5 / 43.2, within(0.005));
        assertThat(rig.open.get("page").sentence())
                .startsWith("checkout's availability budget burns 4")
                .contains("times too fast: 5.", "% of the month's budget in the last hour; 94 % left.");
        assertThat(rig.open.get("page").onsetMicros()).isCloseTo(rig.now - 300 * SECOND, within(61 * SECOND));
        assertThat(rig.open.get("page").tailProbability()).isLessThan(1e-9);

        rig.live(Duration.ofMinutes(35), 20, 0);
        assertThat(rig.open).doesNotContainKey("page");
    }

    @Test
    void silenceBurnsNothingAndTheAlertEndsWithTicksAlone() {
        BudgetRig rig = BudgetRig.of(0.999, MONTH);
        rig.live(Duration.ofHours(7), 20, 0);
        rig.live(Duration.ofMinutes(2), 20, 1);
        assertThat(rig.open).containsKey("page");
        for (int i = 0; i < 240; i++) {
            rig.now += 10 * SECOND;
            rig.tick();
        }
        assertThat(rig.open).isEmpty();
    }

    @Test
    void aNewObjectiveMustBurnAWindowsBudgetBeforeItAlerts() {
        BudgetRig rig = BudgetRig.of(0.999, MONTH);
        rig.live(Duration.ofMinutes(10), 20, 0.02);
        assertThat(rig.opened).isEmpty();
    }

    @Test
    void oneFailureInAnHourOfTenRequestsSaysNothing() {
        BudgetRig rig = BudgetRig.of(0.999, MONTH);
        rig.live(Duration.ofHours(20), 10 / 3600.0, 0);
        rig.live(Duration.ofHours(1), 10 / 3600.0, 0.1);
        rig.live(Duration.ofHours(20), 10 / 3600.0, 0);
        assertThat(rig.opened).isEmpty();
        assertThat(rig.liveUntil("page", Duration.ofHours(8), 10 / 3600.0, 0.1))
                .as("but one each hour is another matter")
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({"7, 840, 70", "28, 3360, 280", "90, 10800, 900"})
    void windowsFollowThePeriodSoThatAnAlertMeansTheSameShareOfTheBudget(int days, long longWindow, long shortWindow) {
        BudgetRig rig = BudgetRig.of(0.999, Duration.ofDays(days));
        rig.live(Duration.ofDays(1), 20, 0);
        rig.live(Duration.ofMinutes(20), 20, 0.9);
        SloEvidence said = rig.evidence("page");
        assertThat(said.getLongWindowSeconds()).isEqualTo(longWindow);
        assertThat(said.getShortWindowSeconds()).isEqualTo(shortWindow);
        for (BurnRule.Alert alert : BurnRule.Alert.values()) {
            assertThat(alert.rules()).allSatisfy(rule -> assertThat(rule.budgetShare() - Math.floor(rule.budgetShare()))
                    .isIn(0.02, 0.05, 0.1));
        }
    }

    @Test
    void aCalendarBudgetIsFreshAtItsBeginning() {
        Period november = new Period.Calendar(
                LocalDateTime.of(2026, 1, 1, 0, 0), ZoneId.of("Europe/Berlin"), 1, ChronoUnit.MONTHS);
        BudgetRig rig = new BudgetRig(BudgetRig.objective(0.999, november, Budgeting.occurrences()));
        rig.live(Duration.ofDays(29), 1, 0.0002);
        rig.live(Duration.ofMinutes(10), 20, 0.9);
        double before = rig.evidence("page").getBudgetRemaining();
        assertThat(before).isLessThan(0.8);
        rig.live(Duration.ofHours(40), 1, 0);
        rig.live(Duration.ofMinutes(3), 20, 0.9);
        // December began, and so did the budget; ten of its first hours were paid for with three minutes.
        assertThat(rig.objective.period()).isEqualTo(november);
        assertThat(((Period.Calendar) november).startMicros(rig.now))
                .isEqualTo(java.time.Instant.parse("2026-11-30T23:00:00Z").getEpochSecond() * SECOND);
    }

    @Test
    void slicesAreGoodOrBadAsAWhole() {
        Budgeting slices = new Budgeting(Budgeting.Method.TIMESLICES, 60 * SECOND, 0.95);
        BudgetRig rig = new BudgetRig(BudgetRig.objective(0.999, new Period.Rolling(MONTH), slices));
        rig.live(Duration.ofHours(8), 5, 0.04);
        assertThat(rig.opened).as("each slice is good, whatever fails in it").isEmpty();
        rig.live(Duration.ofMinutes(5), 5, 0.2);
        assertThat(rig.opened).contains("page");
        assertThat(rig.evidence("page").getBurnRateShort()).isCloseTo(1000 * 4.0 / 6, within(200.0));
    }

    @Test
    void countersAndTheirRestartsCountByGrowthAndNothingCountsTwice() {
        BudgetRig rig = BudgetRig.of(0.999, MONTH);
        rig.live(Duration.ofDays(1), 20, 0);
        double requests = 0;
        double failures = 0;
        for (int i = 0; i < 60; i++) {
            if (i == 30) {
                requests = 0;
                failures = 0;
            }
            requests += 200;
            failures += 100;
            for (int copy = 0; copy < 3; copy++) {
                rig.point("requests", MetricKind.CUMULATIVE_SUM, rig.now, i < 30 ? 7 : 8, requests);
                rig.point("failures", MetricKind.CUMULATIVE_SUM, rig.now, i < 30 ? 7 : 8, failures);
            }
            rig.point("failures", MetricKind.CUMULATIVE_SUM, rig.now + SECOND, 8, Double.NaN);
            rig.point("failures", MetricKind.CUMULATIVE_SUM, rig.now + 400L * 86_400 * SECOND, 8, 1e12);
            rig.now += 10 * SECOND;
            rig.tick();
        }
        assertThat(rig.evidence("page").getBurnRateShort()).isCloseTo(500, within(10.0));
    }

    @Test
    void goodEventsThatAreReportedAfterTheirTotalAreNoFailures() {
        Indicator ratio = new Indicator.Ratio(BudgetRig.metric("good"), false, BudgetRig.metric("requests"));
        BudgetRig rig =
                new BudgetRig(BudgetRig.objective(ratio, 0.999, new Period.Rolling(MONTH), Budgeting.occurrences()));
        for (int i = 0; i < 8 * 360; i++) {
            rig.send("requests", 200);
            rig.now += 10 * SECOND;
            rig.tick();
            rig.point("good", MetricKind.DELTA_SUM, rig.now - 10 * SECOND, 0, 200);
        }
        assertThat(rig.opened).isEmpty();
        for (int i = 0; i < 60; i++) {
            rig.send("requests", 200);
            rig.send("good", 100);
            rig.now += 10 * SECOND;
            rig.tick();
        }
        assertThat(rig.open).containsKey("page");
    }

    @Test
    void observationsOfAHistogramAreJudgedByTheirBuckets() {
        Indicator fast = new Indicator.Threshold(BudgetRig.metric("latency"), Indicator.Comparison.LTE, 0.3);
        BudgetRig rig =
                new BudgetRig(BudgetRig.objective(fast, 0.99, new Period.Rolling(MONTH), Budgeting.occurrences()));
        CountedSeries series = new CountedSeries("one", "latency", MetricKind.CUMULATIVE_HISTOGRAM, false, Map.of());
        long[] counts = {0, 0, 0};
        for (int i = 0; i < 9 * 360; i++) {
            counts[0] += 80;
            counts[1] += i < 8 * 360 ? 20 : 0;
            counts[2] += i < 8 * 360 ? 0 : 20;
            rig.objectives.point(
                    series,
                    new CountedSeries.Point(rig.now, 1, 0, counts[0] + counts[1] + counts[2], buckets(counts.clone())));
            rig.now += 10 * SECOND;
            rig.tick();
            if (i == 8 * 360 - 1) {
                assertThat(rig.opened).isEmpty();
            }
        }
        assertThat(rig.evidence("page").getBurnRateShort()).isCloseTo(20, within(0.5));
    }

    @Test
    void aRestartContinuesBudgetsAndAlertsWithinBoundedBytes() {
        BudgetRig rig = BudgetRig.of(0.999, MONTH);
        rig.live(Duration.ofDays(31), 20, 0.0005);
        rig.live(Duration.ofMinutes(5), 20, 0.5);
        double before = rig.evidence("page").getBudgetRemaining();
        List<String> opened = List.copyOf(rig.opened);
        byte[] bytes = rig.objectives.toBytes();
        assertThat(bytes.length).isLessThan(4_000);
        rig.objectives = ServiceObjectives.fromBytes(bytes, List.of(rig.objective));
        rig.live(Duration.ofSeconds(20), 20, 0.5);
        assertThat(rig.opened).contains("page").isEqualTo(opened);
        assertThat(rig.evidence("page").getBudgetRemaining()).isCloseTo(before, within(0.01));

        Objective changed = BudgetRig.objective(0.999, new Period.Rolling(Duration.ofDays(7)), Budgeting.occurrences());
        ServiceObjectives anew = ServiceObjectives.fromBytes(rig.objectives.toBytes(), List.of(changed));
        anew.time(rig.now, judgement -> assertThat(judgement).isNull());
    }

    @Test
    void anObjectiveThatNothingEverCountsForIsToldOnce() {
        BudgetRig rig = BudgetRig.of(0.999, MONTH);
        assertThat(rig.objectives.takeUnseen()).isEmpty();
        for (int i = 0; i < 100; i++) {
            rig.now += 10 * SECOND;
            rig.tick();
        }
        assertThat(rig.objectives.takeUnseen()).containsExactly(rig.objective);
        assertThat(rig.objectives.takeUnseen()).isEmpty();
    }

    private static CountedSeries.Buckets buckets(long[] counts) {
        return value -> (value >= 0.1 ? counts[0] : 0) + (value >= 0.3 ? counts[1] : 0);
    }
}
