package io.nightshift.bench.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.bench.DataException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoriesTableTest {

    private static final String REPAIRED = """
            {"passed":true,"failed_requests":12,"requests":900,"control_failed_requests":400,"truth":{"sealed":{"text":\
            "{\\"seed\\":7}"},"fault":"pool","service":"inventory","cause":"CONNECTION_POOL_EXHAUSTION","diagnosis":\
            "inventory CONNECTION_POOL_EXHAUSTION","found":true,"effects":["restart inventory-1"],"ending":"REPAIRED",\
            "expected":"REPAIRED","harm":[]}}""";
    private static final String HARMFUL = """
            {"passed":false,"failed_requests":0,"requests":500,"control_failed_requests":null,"truth":{"sealed":{"text":\
            "{\\"seed\\":8}"},"fault":"surge","service":"gateway","cause":"TRAFFIC_SURGE","diagnosis":"orders UNKNOWN",\
            "found":false,"effects":["restart orders-1"],"ending":"REPAIRED","expected":"LEFT_ALONE",\
            "harm":["restart orders-1"]}}""";

    @Test
    void aRowTellsTruthDiagnosisActionOutcomeHarmAndFailures() {
        String table = StoriesTable.of(List.of(REPAIRED, "", HARMFUL), Path.of("runs"));
        assertThat(table.lines().toList())
                .contains(
                        "| 7 | pool: inventory CONNECTION_POOL_EXHAUSTION | inventory CONNECTION_POOL_EXHAUSTION |"
                                + " restart inventory-1 | REPAIRED | 0 | 12 of 900 | 400 |",
                        "| 8 | surge: gateway TRAFFIC_SURGE | ✗ orders UNKNOWN | restart orders-1 | ✗ REPAIRED | 1 |"
                                + " 0 of 500 |  |");
        assertThat(table).contains("2 stories: diagnosis right in 1, ended as they should in 1", "harm 1");
    }

    @Test
    void aLineThatIsNoRandomStoryIsNamed() {
        assertThatThrownBy(() -> StoriesTable.of(List.of(REPAIRED, "Killed"), Path.of("runs")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("runs:2");
        assertThatThrownBy(() -> StoriesTable.of(List.of("{\"passed\":true}"), Path.of("runs")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("runs:1: is no random story");
    }
}
