package io.nightshift.detect.domain.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.LogLine;
import org.junit.jupiter.api.Test;

class LineSeverityTest {

    @Test
    void theTextTellsItsLevel() {
        assertThat(LineSeverity.of("2026-11-23 03:12:45,123 ERROR [main] index is broken"))
                .isEqualTo(17);
        assertThat(LineSeverity.of("[warn] cache is cold")).isEqualTo(13);
        assertThat(LineSeverity.of("level=error msg=\"no route\"")).isEqualTo(17);
        assertThat(LineSeverity.of("{\"severity\":\"CRITICAL\",\"msg\":\"x\"}")).isEqualTo(21);
        assertThat(LineSeverity.of("error: no such table")).isEqualTo(17);
        assertThat(LineSeverity.of("java.lang.IllegalStateException: closed")).isEqualTo(17);
        assertThat(LineSeverity.of("Traceback (most recent call last):")).isEqualTo(0);
        assertThat(LineSeverity.of("INFO retried after an ERROR of the peer")).isEqualTo(9);
    }

    @Test
    void runningTextIsNoLevel() {
        assertThat(LineSeverity.of("0 errors found, no error page needed")).isZero();
        assertThat(LineSeverity.of("parity error corrected")).isZero();
        assertThat(LineSeverity.of("")).isZero();
    }

    @Test
    void whatTheSenderSaysComesFirst() {
        LogLine line = LogLine.newBuilder()
                .setTimeMicros(1)
                .setSeverity(9)
                .setBody("ERROR in the text")
                .build();
        assertThat(LineSeverity.of(line)).isEqualTo(9);
        LogLine byWord = LogLine.newBuilder()
                .setTimeMicros(1)
                .setSeverityText("Warning")
                .setBody("ERROR in the text")
                .build();
        assertThat(LineSeverity.of(byWord)).isEqualTo(13);
    }
}
