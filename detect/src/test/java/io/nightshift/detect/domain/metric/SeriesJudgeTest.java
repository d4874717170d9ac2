package io.nightshift.detect.domain.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.schemas.ServiceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeriesJudgeTest {

    private static final long SECOND = 1_000_000;
    private static final long BEGIN = 1_700_000_000L * SECOND;

    private final SeriesJudge judge =
            new SeriesJudge(new ServiceKey("demo", "shop", "orders").entity("orders-1"), "queue.length", "1", Map.of());
    private final List<Judgement> said = new ArrayList<>();

    @Test
    void aPointOfASlowSeriesIsJudgedWhenItComes() {
        long at = BEGIN;
        for (int i = 0; i < 200; i++, at += 60 * SECOND) {
            judge.accept(at, 100 + i * 7 % 11, said::add);
        }
        assertThat(said).isEmpty();
        judge.accept(at, 10_000, said::add);
        assertThat(said).singleElement().isInstanceOf(Finding.class);
    }

    @Test
    void oneWildSecondOfAFastSeriesIsAveragedWithItsNeighbours() {
        SplittableRandom noise = new SplittableRandom(1);
        long at = BEGIN;
        for (int i = 0; i < 1_500; i++, at += SECOND) {
            judge.accept(at, 100 + noise.nextDouble(10), said::add);
        }
        judge.accept(at, 117, said::add);
        for (int i = 1; i < 20; i++) {
            judge.accept(at + i * SECOND, 100 + noise.nextDouble(10), said::add);
        }
        assertThat(said).isEmpty();
    }
}
