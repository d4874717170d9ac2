package io.nightshift.detect.domain.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.MetricKind;
import io.nightshift.schemas.points.SeriesIdentity;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeriesIndexTest {

    private final SeriesNames names = new SeriesNames();
    private final SeriesIndex index = new SeriesIndex();

    @Test
    void everySeriesIsFoundByItsNatureAndByEachOfItsSpellings() {
        Random random = new Random(1);
        long[] hashes = random.longs(6_000).toArray();
        for (int i = 0; i < 2_000; i++) {
            assertThat(index.add(Series.of(nature(i)))).isEqualTo(i);
            for (int spelling = 0; spelling < 3; spelling++) {
                index.spell(hashes[3 * i + spelling], i);
            }
        }
        for (int i = 0; i < 2_000; i++) {
            assertThat(index.find(nature(i))).isEqualTo(i);
            for (int spelling = 0; spelling < 3; spelling++) {
                assertThat(index.find(hashes[3 * i + spelling])).isEqualTo(i);
            }
        }
        assertThat(index.find(nature(2_000))).isNegative();
        assertThat(index.find(random.nextLong())).isNegative();
    }

    @Test
    void spellingsWithoutEndAreForgottenAndComeBack() {
        index.add(Series.of(nature(0)));
        Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            index.spell(random.nextLong(), 0);
        }
        index.spell(42, 0);
        assertThat(index.find(42)).isZero();
        assertThat(index.find(new Random(2).nextLong())).isNegative();
    }

    @Test
    void instancesShareTheNamesOfTheirSeries() {
        SeriesNature first = nature(1);
        assertThat(nature(1)).isSameAs(first);
        assertThat(names.known(identity(1))).isSameAs(first);
        assertThat(names.known(identity(2))).isNull();
        SeriesNature other = nature(3);
        assertThat(other.identity().name()).isSameAs(first.identity().name());
        assertThat(other.identity().attributes().firstKey())
                .isSameAs(first.identity().attributes().firstKey());
    }

    private SeriesNature nature(int i) {
        return names.nature(identity(i));
    }

    /** Made of new texts each time, as those that are read from a record. */
    private static SeriesIdentity identity(int i) {
        return new SeriesIdentity(
                new String("requests"),
                new String("1"),
                MetricKind.GAUGE,
                false,
                new TreeMap<>(Map.of(new String("pool"), "pool-" + i)));
    }
}
