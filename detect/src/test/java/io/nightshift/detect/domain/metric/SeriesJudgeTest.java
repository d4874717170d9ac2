package io.nightshift.detect.domain.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.events.Anomaly;
import io.nightshift.events.MetricEvidence;
import io.nightshift.events.MetricKind;
import io.nightshift.schemas.ServiceKey;
import io.nightshift.schemas.points.SeriesIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeriesJudgeTest {

    private static final long SECOND = 1_000_000;
    private static final long BEGIN = 1_700_000_000L * SECOND;

    private final Owner owner = new Owner(new ServiceKey("demo", "shop", "orders").entity("orders-1"));
    private final SeriesJudge judge = new SeriesJudge(
            new SeriesNature(new SeriesIdentity("queue.length", "1", MetricKind.GAUGE, false, new TreeMap<>())));
    private final List<Judgement> said = new ArrayList<>();

    @Test
    void aPointOfASlowSeriesIsJudgedWhenItComes() {
        long at = BEGIN;
        for (int i = 0; i < 200; i++, at += 60 * SECOND) {
            judge.accept(owner, 0, at, 100 + i * 7 % 11, said::add);
        }
        assertThat(said).isEmpty();
        judge.accept(owner, 0, at, 10_000, said::add);
        assertThat(said).singleElement().isInstanceOf(Finding.class);
    }

    @Test
    void oneWildSecondOfAFastSeriesIsAveragedWithItsNeighbours() {
        SplittableRandom noise = new SplittableRandom(1);
        long at = BEGIN;
        for (int i = 0; i < 1_500; i++, at += SECOND) {
            judge.accept(owner, 0, at, 100 + noise.nextDouble(10), said::add);
        }
        judge.accept(owner, 0, at, 117, said::add);
        for (int i = 1; i < 20; i++) {
            judge.accept(owner, 0, at + i * SECOND, 100 + noise.nextDouble(10), said::add);
        }
        assertThat(said).isEmpty();
    }

    @Test
    void theProofShowsWhatWasBeforeAndAllThatFollows() {
        long at = BEGIN;
        for (int i = 0; i < 200; i++, at += 60 * SECOND) {
            judge.accept(owner, 0, at, 100 + i % 10, said::add);
        }
        for (int i = 0; i < 10; i++, at += 60 * SECOND) {
            judge.accept(owner, 0, at, 10_000 + i, said::add);
        }
        MetricEvidence last = evidence(said.get(9));
        int before = RecentPoints.LENGTH;
        assertThat(last.getValues()).hasSize(before + 10);
        for (int i = 0; i < before; i++) {
            int point = 200 - before + i;
            assertThat(last.getTimesMicros().get(i)).isEqualTo(BEGIN + point * 60L * SECOND);
            assertThat(last.getValues().get(i)).isCloseTo(100 + point % 10, within(0.1));
            assertThat(last.getLower().get(i)).isLessThan(last.getValues().get(i));
            assertThat(last.getUpper().get(i)).isBetween(110.0, 200.0);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(last.getValues().get(before + i)).isEqualTo(10_000.0 + i);
        }
    }

    @Test
    void whatComesNearTheThresholdIsSaidAsThatAndOpensNothing() {
        Random noise = new Random(17);
        long at = Instant.parse("2026-11-23T00:00:00Z").toEpochMilli() * 1_000;
        for (int i = 0; i < 3_600; i++, at += 60 * SECOND) {
            judge.accept(owner, 0, at, noise.nextGaussian() + (i / 60 % 24 == 3 ? 20 : 0), said::add);
        }
        said.clear();
        judge.accept(owner, 0, at, 9, said::add);
        assertThat(said).singleElement().satisfies(judgement -> {
            Finding near = (Finding) judgement;
            assertThat(near.severity()).isBetween(0.5, 0.99);
            assertThat(evidence(near).getValues()).hasSize(RecentPoints.LENGTH + 1);
        });
        judge.accept(owner, 0, at + 60 * SECOND, 0, said::add);
        judge.end(owner, said::add);
        assertThat(said).as("nothing was open").hasSize(1);
    }

    private static MetricEvidence evidence(Judgement said) {
        Anomaly.Builder anomaly = Anomaly.newBuilder();
        ((Finding) said).evidence().addTo(anomaly);
        return anomaly.getMetric();
    }
}
