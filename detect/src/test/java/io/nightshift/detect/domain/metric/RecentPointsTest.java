package io.nightshift.detect.domain.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentPointsTest {

    private final RecentPoints points = new RecentPoints();

    @Test
    void theLastPointsAreKeptToAFiftiethOfWhatTheySpannedUntilNow() {
        for (double scale : new double[] {1e-9, 1, 1e9}) {
            RecentPoints recent = new RecentPoints();
            for (int series = 0; series < 40; series++) {
                Random random = new Random(series);
                List<Float> given = new ArrayList<>();
                for (int i = 0; i < 500; i++) {
                    double wild = random.nextInt(50) == 0 ? 100 : 1;
                    float value = (float) (scale * (i + wild * random.nextGaussian()));
                    given.add(value);
                    recent.add(series, value, 0);
                    List<Float> last = given.subList(Math.max(0, given.size() - RecentPoints.LENGTH), given.size());
                    List<Float> seen = given.subList(Math.max(0, given.size() - 2 * RecentPoints.LENGTH), given.size());
                    float span = Collections.max(seen) - Collections.min(seen);
                    for (int ago = 0; ago < last.size(); ago++) {
                        assertThat(recent.get(series, ago))
                                .isCloseTo(last.get(last.size() - 1 - ago), within(span / 50));
                    }
                }
            }
        }
    }

    @Test
    void aSeriesThatNeverVariedIsKeptAsItIs() {
        for (int i = 0; i < 100; i++) {
            points.add(0, 7, 0);
        }
        assertThat(points.get(0, 0)).isEqualTo(7);
        assertThat(points.get(0, RecentPoints.LENGTH - 1)).isEqualTo(7);
    }

    @Test
    void whereNoPointCameThereIsNothing() {
        points.add(3, 1, 0);
        points.add(3, 2, 2);
        assertThat(points.get(3, 0)).isEqualTo(2);
        assertThat(points.get(3, 1)).isNaN();
        assertThat(points.get(3, 2)).isNaN();
        assertThat(points.get(3, 3)).isEqualTo(1);
        assertThat(points.get(3, 4)).isNaN();
        assertThat(points.get(9, 0)).isNaN();
        points.add(3, 5, 1_000);
        assertThat(points.get(3, 1)).isNaN();
        assertThat(points.get(3, RecentPoints.LENGTH - 1)).isNaN();
    }

    @Test
    void pointsThatWereAnotherDistanceApartAreForgotten() {
        points.add(0, 1, 0);
        points.add(0, 2, -1);
        assertThat(points.get(0, 0)).isEqualTo(2);
        assertThat(points.get(0, 1)).isNaN();
    }

    @Test
    void whatWasBeforeIsToldOldestFirst() {
        for (int i = 0; i < 5; i++) {
            points.add(0, i, 0);
        }
        List<Integer> ago = new ArrayList<>();
        points.before(0, 2, (back, value) -> {
            ago.add(back);
            assertThat(value).isCloseTo(7 - back, within(0.05f));
        });
        assertThat(ago).containsExactly(7, 6, 5, 4, 3);
        points.before(0, -1, (back, value) -> ago.clear());
        assertThat(ago).isNotEmpty();
    }
}
