package io.nightshift.shop.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class HeapProbeTest {

    @Test
    void readsTheSameLimitAsTheProcessItselfKnows() throws Exception {
        long limit = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(p -> p.getName().contains("Tenured"))
                .mapToLong(p -> p.getUsage().getMax())
                .sum();
        HeapProbe probe = HeapProbe.of(ProcessHandle.current().pid());
        assertThat(probe.limit()).isEqualTo(limit);
        assertThat(probe.used()).isBetween(0L, limit);
        assertThat(probe.collecting()).isBetween(0.0, 1.0);
    }

    @Test
    void refusesWhatIsNoCounterFile() {
        assertThatThrownBy(() -> PerfData.parse(new byte[100]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2");
    }
}
