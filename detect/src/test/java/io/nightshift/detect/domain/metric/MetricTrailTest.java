package io.nightshift.detect.domain.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.MetricEvidence;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricTrailTest {

    private static final long SECOND = 1_000_000;
    private static final long BEGIN = 1_700_000_000L * SECOND;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 5, 8, 59, 60, 61, 64, 119, 120, 121, 1000})
    void theLastSixtyPointsAreShownInOrder(int points) {
        MetricTrail trail = new MetricTrail();
        for (int i = 0; i < points; i++) {
            trail.add(BEGIN + i * SECOND, i, i - 1, i + 1);
        }
        MetricEvidence evidence = trail.evidence("m", "1", Map.of(), null);
        List<Long> last =
                LongStream.range(Math.max(0, points - 60), points).boxed().toList();
        assertThat(evidence.getTimesMicros())
                .isEqualTo(last.stream().map(i -> BEGIN + i * SECOND).toList());
        assertThat(evidence.getValues())
                .isEqualTo(last.stream().map(i -> (double) i).toList());
        assertThat(evidence.getLower())
                .isEqualTo(last.stream().map(i -> i - 1.0).toList());
        assertThat(evidence.getUpper())
                .isEqualTo(last.stream().map(i -> i + 1.0).toList());
    }
}
