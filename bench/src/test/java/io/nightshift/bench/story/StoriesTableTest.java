package io.nightshift.bench.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.bench.DataException;
import java.nio.file.Path;
import java.util.Collections;
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
    void whatWasPlayedTwiceTellsHowOftenTheRightLessonWasCitedAndTheChangeInTime() {
        String table = StoriesTable.of(
                List.of(
                        twice(true, true, 1, "100.0", "80.0"),
                        twice(true, false, 1, "60.0", "60.0"),
                        twice(true, true, 2, "50.0", "40.0"),
                        twice(false, false, 0, "null", "null"),
                        REPAIRED.replace("}}", "},\"second\":{\"not_played\":\"not quiet\",\"report\":null}}")),
                Path.of("runs"));
        assertThat(table)
                .contains("Played twice: 4 of 5.")
                .contains(
                        "left a lesson of its fault in 3; of these the second investigation cited the right one in 2"
                                + " (0.67, 95 % interval 0.09 to 0.99) and only others in 1. Of 1 that left none, 1 cited none.")
                .contains(
                        "in 3 that recovered both times: 70 s the first time, 60 s the second; change -10 s (95 % interval"
                                + " -35 to +15)");
    }

    @Test
    void storiesThatWerePlayedOnceSayNothingOfASecondTime() {
        assertThat(StoriesTable.of(List.of(REPAIRED, HARMFUL), Path.of("runs"))).doesNotContain("Played twice");
    }

    private static String twice(boolean left, boolean right, int cited, String first, String second) {
        String citations = String.join(",", Collections.nCopies(cited, "{}"));
        return REPAIRED.substring(0, REPAIRED.length() - 1)
                + String.format(
                        ",\"second\":{\"retrieval\":{\"lesson_left\":%s,\"right_lesson\":%s,\"cited\":[%s]},"
                                + "\"first_recovery_seconds\":%s,\"second_recovery_seconds\":%s,\"report\":{}}}",
                        left, right, citations, first, second);
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
