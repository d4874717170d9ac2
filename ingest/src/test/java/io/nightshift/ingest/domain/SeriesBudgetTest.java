package io.nightshift.ingest.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeriesBudgetTest {
    private static final long PERIOD = 1000;

    @Test
    void aMillionNewSeriesOfOneServiceLeaveTheOthersAlone() {
        SeriesBudget budget = new SeriesBudget(1000, 5000, PERIOD);
        int admitted = 0;
        for (long i = 0; i < 1_000_000; i++) {
            admitted += budget.admits("wild", i * 0x9e3779b97f4a7c15L, 0) ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(1000);
        assertThat(budget.admits("calm", 7, 0)).isTrue();
        assertThat(budget.admits("wild", 0, 0)).as("known").isTrue();
    }

    @Test
    void seriesThatAreGoneForTwoPeriodsGiveTheirPlaceBack() {
        SeriesBudget budget = new SeriesBudget(2, 100, PERIOD);
        assertThat(budget.admits("s", 1, 0)).isTrue();
        assertThat(budget.admits("s", 2, 0)).isTrue();
        assertThat(budget.admits("s", 3, 0)).isFalse();
        assertThat(budget.admits("s", 1, PERIOD)).as("still known").isTrue();
        assertThat(budget.admits("s", 3, PERIOD)).as("2 may still come back").isFalse();
        assertThat(budget.admits("s", 1, 2 * PERIOD)).isTrue();
        assertThat(budget.admits("s", 3, 2 * PERIOD)).as("2 is forgotten").isTrue();
    }

    @Test
    void allServicesTogetherAreBoundedToo() {
        SeriesBudget budget = new SeriesBudget(10, 30, PERIOD);
        int admitted = 0;
        for (int service = 0; service < 100; service++) {
            for (int series = 0; series < 10; series++) {
                admitted += budget.admits("s" + service, series + 2, 0) ? 1 : 0;
            }
        }
        assertThat(admitted).isEqualTo(30);
    }

    @Test
    void identityDependsOnEverythingThatTellsSeriesApartAndNotOnOrder() {
        long one = SeriesBudget.identity("i", "n", Map.of("a", "1", "b", "2"));
        assertThat(SeriesBudget.identity("i", "n", Map.of("b", "2", "a", "1"))).isEqualTo(one);
        assertThat(SeriesBudget.identity("i", "n", Map.of("a", "2", "b", "1"))).isNotEqualTo(one);
        assertThat(SeriesBudget.identity("j", "n", Map.of("a", "1", "b", "2"))).isNotEqualTo(one);
        assertThat(SeriesBudget.identity("i", "m", Map.of("a", "1", "b", "2"))).isNotEqualTo(one);
    }

    @Test
    void theSetBehavesLikeASet() {
        LongSet set = new LongSet();
        Set<Long> model = new HashSet<>();
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            long value = 2 + random.nextInt(500) * 64L;
            if (random.nextBoolean()) {
                set.add(value);
                model.add(value);
            } else {
                assertThat(set.remove(value)).isEqualTo(model.remove(value));
            }
            assertThat(set.contains(value)).isEqualTo(model.contains(value));
            assertThat(set.size()).isEqualTo(model.size());
        }
    }
}
