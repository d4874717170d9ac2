package io.nightshift.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightshift.detect.domain.metric.InstanceMetrics;
import org.junit.jupiter.api.Test;

class StateSizeTest {

    @Test
    void anArrayOfAThousandBytesHasAboutThat() {
        assertThat(StateSize.of(10_000, i -> new byte[1_000])).isEqualTo(1_020, within(40.0));
    }

    @Test
    void theGaugesOfAnInstanceAreKept() {
        InstanceMetrics instance = new ActiveInstances().instance(0, 120, 1);
        assertThat(instance.lastSeenMicros()).isEqualTo(120 * 60_000_000L);
        assertThat(instance.refusedSeries()).isZero();
        assertThat(ActiveInstances.serialised(instance)).isBetween(50.0, 5_000.0);
    }

    /** Of a JVM with compressed references; names are shared as a thread of production shares them. */
    @Test
    void aYoungSeriesFitsIntoAQuarterOfAKilobyte() {
        ActiveInstances instances = new ActiveInstances();
        double bytes = StateSize.of(200, i -> instances.instance(i, 120, 1)) / ActiveInstances.SERIES;
        assertThat(bytes).isBetween(150.0, 256.0);
    }
}
