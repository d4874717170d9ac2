package io.nightshift.detect.domain.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.detect.domain.forecast.Naming.Meaning;
import io.nightshift.detect.domain.forecast.Naming.Role;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamingTest {

    @ParameterizedTest
    @CsvSource({
        "jvm.memory.used, jvm.memory.limit, USED",
        "jvm.memory.used_after_last_gc, jvm.memory.limit, USED_AFTER_COLLECTION",
        "jvm_memory_used_bytes, jvm_memory_limit_bytes, USED",
        "jvm_memory_used_after_last_gc_bytes, jvm_memory_limit_bytes, USED_AFTER_COLLECTION",
        "jvm_memory_bytes_used, jvm_memory_bytes_max, USED",
        "jvm_memory_pool_collection_used_bytes, jvm_memory_pool_max_bytes, USED_AFTER_COLLECTION",
        "jvm_memory_pool_collection_used_bytes, jvm_memory_pool_collection_max_bytes, USED_AFTER_COLLECTION",
        "jvm_gc_live_data_size_bytes, jvm_gc_max_data_size_bytes, USED_AFTER_COLLECTION",
        "db.client.connection.count, db.client.connection.max, USED",
        "db_client_connection_count, db_client_connection_max, USED",
        "hikaricp_connections_active, hikaricp_connections_max, USED",
        "go_sql_stats_connections_in_use, go_sql_stats_connections_max, USED",
        "process_open_fds, process_max_fds, USED",
        "container_fs_usage_bytes, container_fs_limit_bytes, USED",
        "container_memory_working_set_bytes, container_spec_memory_limit_bytes, USED",
        "node_filesystem_avail_bytes, node_filesystem_size_bytes, AVAILABLE",
        "node_filesystem_files_free, node_filesystem_files, AVAILABLE",
        "node_memory_MemAvailable_bytes, node_memory_MemTotal_bytes, AVAILABLE",
        "kubelet_volume_stats_available_bytes, kubelet_volume_stats_capacity_bytes, AVAILABLE",
        "disk.free, disk.total, AVAILABLE",
        "redis_memory_used_bytes, redis_memory_max_bytes, USED"
    })
    void whatIsUsedOrLeftIsPairedWithItsLimitInDotsAndInUnderscores(String level, String limit, Role role) {
        Meaning of = Naming.of(level, "", Map.of()).orElseThrow();
        Meaning bound = Naming.of(limit, "", Map.of()).orElseThrow();
        assertThat(of.role()).isEqualTo(role);
        assertThat(bound.role()).isEqualTo(Role.LIMIT);
        assertThat(of.stem()).isEqualTo(bound.stem());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "process_resident_memory_bytes",
                "node_filesystem_free_bytes",
                "container_memory_usage_bytes",
                "node_load1",
                "system.cpu.utilization",
                "http_server_active_requests",
                "table_rows_total"
            })
    void aNameThatNamesNoLimitedResourceMeansNothing(String name) {
        assertThat(Naming.of(name, "", Map.of())).isEmpty();
    }

    @Test
    void aStateSaysWhichPartOfTheWholeItIs() {
        assertThat(Naming.of("db_client_connection_count", "", Map.of("db_client_connection_state", "idle")))
                .isEmpty();
        assertThat(Naming.of("db_client_connection_count", "", Map.of("db_client_connection_state", "used")))
                .isPresent();
        assertThat(Naming.of("system_filesystem_usage_bytes", "", Map.of("state", "free")))
                .hasValueSatisfying(meaning -> assertThat(meaning.role()).isEqualTo(Role.FREE));
        assertThat(Naming.identity(Map.of("db_client_connection_state", "used", "pool", "main")))
                .containsOnlyKeys("pool");
    }

    @Test
    void disksQuotasAndTheMachinesMemoryOutliveAProcessAndItsHeapAndPoolsDoNot() {
        assertThat(Naming.outlivesProcess("node_filesystem")).isTrue();
        assertThat(Naming.outlivesProcess("system.memory")).isTrue();
        assertThat(Naming.outlivesProcess("node.memory")).isTrue();
        assertThat(Naming.outlivesProcess("api.requests")).isTrue();
        assertThat(Naming.outlivesProcess("jvm_memory")).isFalse();
        assertThat(Naming.outlivesProcess("hikaricp_connections")).isFalse();
        assertThat(Naming.outlivesProcess("process_fds")).isFalse();
    }
}
