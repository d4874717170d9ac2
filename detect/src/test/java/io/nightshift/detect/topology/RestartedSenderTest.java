package io.nightshift.detect.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricSeries;
import io.nightshift.events.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sender in Prometheus' names, whose restarts only its own gauge tells. */
class RestartedSenderTest {

    private static final Map<String, String> HEAP = Map.of("area", "heap", "id", "Tenured Gen");
    private static final Map<String, String> DISK = Map.of("mountpoint", "/data");

    @TempDir
    Path folder;

    private double started = 1_700_000_000;

    @Test
    void aNewProcessEndsWhatItsPoolWasFullOfAndLeavesTheDiskFull() {
        try (House house = new House(folder)) {
            for (int i = 0; i < 6; i++) {
                send(house, 0.3, 0.4);
            }
            for (int i = 0; i < 6; i++) {
                send(house, 0.97, 0.96);
            }
            assertThat(open(house))
                    .containsExactlyInAnyOrder("hikaricp_connections_active", "node_filesystem_avail_bytes");
            assertThat(house.anomalies)
                    .filteredOn(a -> a.getName().equals("node_filesystem_avail_bytes"))
                    .first()
                    .extracting(a -> a.getSentence().contains("96 % of the limit is used"))
                    .isEqualTo(true);

            started += 600;
            for (int i = 0; i < 3; i++) {
                send(house, 0.1, 0.96);
            }
            assertThat(open(house)).containsExactly("node_filesystem_avail_bytes");
            assertThat(house.anomalies)
                    .filteredOn(a -> a.getName().equals("node_filesystem_avail_bytes"))
                    .filteredOn(a -> a.getPhase() == AnomalyPhase.OPEN)
                    .hasSize(1);
        }
    }

    @Test
    void aStartThatWaversByASecondIsNoRestart() {
        try (House house = new House(folder)) {
            for (int i = 0; i < 12; i++) {
                started += i % 2 == 0 ? 1 : -1;
                send(house, i < 6 ? 0.3 : 0.97, 0.4);
            }
            assertThat(open(house)).containsExactly("hikaricp_connections_active");
        }
    }

    /** What is full and not yet cleared. */
    private static List<String> open(House house) {
        return house.anomalies.stream()
                .filter(a -> a.getKind() == AnomalyKind.SATURATION && a.getPhase() == AnomalyPhase.OPEN)
                .filter(a -> house.anomalies.stream()
                        .noneMatch(later -> later.getId().equals(a.getId()) && later.getPhase() == AnomalyPhase.CLEAR))
                .map(Anomaly::getName)
                .toList();
    }

    /** Ten seconds of a process with a pool and a disk that are full to these shares. */
    private void send(House house, double pool, double disk) {
        Resource sender = Resource.newBuilder(Shop.resource("orders", "orders-1", 1))
                .setProcessStartMicros(null)
                .build();
        List<MetricSeries> series = List.of(
                Shop.level("process_start_time_seconds", "", Map.of(), house.now, started),
                Shop.level("jvm_memory_used_bytes", "", HEAP, house.now, 990),
                Shop.level("jvm_memory_max_bytes", "", HEAP, house.now, 1_000),
                Shop.level("hikaricp_connections_max", "", Map.of("pool", "main"), house.now, 100),
                Shop.level("hikaricp_connections_active", "", Map.of("pool", "main"), house.now, 100 * pool),
                Shop.level("node_filesystem_size_bytes", "", DISK, house.now, 1_000),
                Shop.level("node_filesystem_avail_bytes", "", DISK, house.now, 1_000 - 1_000 * disk));
        house.send(
                MetricBatch.newBuilder().setResource(sender).setSeries(series).build());
        house.silence(10);
    }
}
