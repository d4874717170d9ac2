package io.nightshift.detect.domain.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.MetricKind;
import io.nightshift.schemas.points.SeriesIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What kind of change it is, in which direction, since when, and that it ends. Two days of a minute each, then the change. */
class SeriesKindsTest {

    private static final long MINUTE = 60_000_000L;
    private static final long START = 1_800_000_000_000_000L;
    private static final int CHANGE = 2_880;

    private final Random random = new Random(17);
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private long firstEnd;
    /** What the series is like before the change. */
    private IntToDoubleFunction before = i -> noise();

    @Test
    void aSpikeIsOneAndEndsSoon() {
        play(i -> noise() + (i == 0 ? 30 : 0), 60);
        assertThat(findings).isNotEmpty().allMatch(f -> f.kind() == AnomalyKind.SPIKE);
        assertThat(findings.get(0).direction()).isEqualTo(Direction.UP);
        assertThat(onset()).isBetween(-1, 0);
        assertThat(ended).containsExactly(findings.get(0).slot());
        assertThat(firstEnd).isLessThan(10);
    }

    @Test
    void aDipIsASpikeDown() {
        play(i -> noise() - (i == 0 ? 30 : 0), 60);
        assertThat(findings.get(0).kind()).isEqualTo(AnomalyKind.SPIKE);
        assertThat(findings.get(0).direction()).isEqualTo(Direction.DOWN);
    }

    @Test
    void aJumpThatLastsTurnsOutToBeANewLevelSinceItsFirstPoint() {
        play(i -> noise() + 15, 150);
        Finding settled = last();
        assertThat(settled.kind()).isEqualTo(AnomalyKind.LEVEL_SHIFT);
        assertThat(settled.direction()).isEqualTo(Direction.UP);
        assertThat(micros(settled)).isBetween(-2, 1);
        assertThat(findings.stream().map(Finding::kind).distinct()).doesNotContain(AnomalyKind.VARIANCE_CHANGE);
        assertThat(ended).as("a new level is the usual one after a while").contains(settled.slot());
    }

    @Test
    void aSmallShiftIsFoundByItsMeansAndDatedBack() {
        play(i -> noise() - 2.2, 200);
        assertThat(findings).isNotEmpty();
        assertThat(findings.get(0).kind()).isEqualTo(AnomalyKind.LEVEL_SHIFT);
        assertThat(findings.get(0).direction()).isEqualTo(Direction.DOWN);
        assertThat(onset()).isBetween(-15, 25);
    }

    @Test
    void aSlowClimbIsADrift() {
        play(i -> noise() + 0.04 * i, 300);
        assertThat(findings).anyMatch(f -> f.kind() == AnomalyKind.DRIFT && f.direction() == Direction.UP);
        assertThat(findings).noneMatch(f -> f.kind() == AnomalyKind.VARIANCE_CHANGE);
        assertThat(onset()).isBetween(-5, 60);
    }

    @Test
    void aWiderSpreadToBothSidesIsAChangeOfVariance() {
        play(i -> 12 * noise(), 100);
        assertThat(last().kind()).isEqualTo(AnomalyKind.VARIANCE_CHANGE);
        assertThat(micros(last())).isBetween(-1, 5);
    }

    @Test
    void aSignalThatFreezesHasLostItsVarianceUntilItMovesAgain() {
        play(i -> i < 100 ? 0.4 : noise(), 130);
        Finding told = findings.get(0);
        assertThat(told.kind()).isEqualTo(AnomalyKind.VARIANCE_CHANGE);
        assertThat(told.direction()).isEqualTo(Direction.DOWN);
        assertThat(onset()).isBetween(-12, 12);
        assertThat(told.severity()).isBetween(1.0, 2.0);
        assertThat(told.sentence())
                .startsWith("orders-1: queue stands near 0.40 job and has moved less than it ever did for ")
                .contains("usually a point differs from the one before by 1.");
        assertThat(findings).allMatch(f -> f.kind() == AnomalyKind.VARIANCE_CHANGE);
        assertThat(ended).containsExactly(told.slot());
        assertThat(firstEnd).isBetween(100L, 125L);
    }

    @Test
    void aSignalThatKeepsATenthOfItsNoiseHasLostVariance() {
        play(i -> noise() / 10, 100);
        assertThat(findings).isNotEmpty().allMatch(f -> f.kind() == AnomalyKind.VARIANCE_CHANGE);
        assertThat(findings).allMatch(f -> f.direction() == Direction.DOWN);
        assertThat(onset()).isBetween(-12, 40);
    }

    @Test
    void aJumpOutOfStillnessEndsIt() {
        play(i -> i < 80 ? 0 : 20, 82);
        assertThat(findings.get(0).kind()).isEqualTo(AnomalyKind.VARIANCE_CHANGE);
        assertThat(firstEnd).isEqualTo(80);
    }

    @Test
    void aSeriesThatRestsNowAndThenIsNotToldAsStill() {
        before = i -> i % 360 < 60 ? 0 : noise();
        play(i -> i < 60 ? 0 : noise(), 200);
        assertThat(findings).noneMatch(f -> f.kind() == AnomalyKind.VARIANCE_CHANGE);
    }

    @Test
    void aWiderSpreadIsAVarianceThatRose() {
        play(i -> 12 * noise(), 100);
        assertThat(last().direction()).isEqualTo(Direction.UP);
    }

    @Test
    void theSentenceNamesWhoWhatAndWhatIsUsual() {
        play(i -> noise() + (i == 0 ? 30 : 0), 5);
        assertThat(findings.get(0).sentence())
                .startsWith("orders-1: queue is ")
                .contains(" job, above the ")
                .contains("usual at this hour");
        assertThat(findings.get(0).tailProbability()).isBetween(0.0, 0.002);
    }

    private void play(IntToDoubleFunction changed, int points) {
        Owner owner = new Owner(EntityRef.newBuilder()
                .setEnvironment("demo")
                .setNamespace("shop")
                .setService("orders")
                .setInstance("orders-1")
                .setPeer(null)
                .build());
        SeriesJudge judge = new SeriesJudge(
                new SeriesNature(new SeriesIdentity("queue", "{job}", MetricKind.GAUGE, false, new TreeMap<>())));
        for (int i = 0; i < CHANGE; i++) {
            judge.accept(owner, 0, START + i * MINUTE, before.applyAsDouble(i), said -> {});
        }
        for (int i = 0; i < points; i++) {
            int at = i;
            judge.accept(owner, 0, START + (CHANGE + i) * MINUTE, changed.applyAsDouble(i), said -> note(said, at));
        }
    }

    private void note(Judgement said, int at) {
        if (said instanceof Finding finding && finding.severity() >= 1) {
            findings.add(finding);
        } else if (said instanceof Judgement.Normal normal) {
            firstEnd = ended.isEmpty() ? at : firstEnd;
            ended.add(normal.slot());
        }
    }

    private double noise() {
        return random.nextGaussian();
    }

    private Finding last() {
        return findings.get(findings.size() - 1);
    }

    private int onset() {
        return micros(findings.get(0));
    }

    /** Onset in points since the change. */
    private static int micros(Finding finding) {
        return (int) ((finding.onsetMicros() - START) / MINUTE) - CHANGE;
    }
}
