package io.nightshift.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.deploy.home.UsageException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PastTimeTest {

    private static final Instant NOW = Instant.parse("2026-11-20T02:30:00Z"); // 03:30 in Berlin
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void aTimeOfDayIsTheLastTimeThatItWas() {
        assertThat(parse("03:12")).isEqualTo("2026-11-20T02:12:00Z");
        assertThat(parse("03:31")).isEqualTo("2026-11-19T02:31:00Z");
    }

    @Test
    void aDateWithoutAZoneIsInThisZoneAndOneWithZIsNot() {
        assertThat(parse("2026-11-19T23:00")).isEqualTo("2026-11-19T22:00:00Z");
        assertThat(parse("2026-11-19T23:00:00Z")).isEqualTo("2026-11-19T23:00:00Z");
    }

    @Test
    void whatIsNoTimeAndWhatLiesAheadIsRefusedInWords() {
        assertThatThrownBy(() -> parse("yesterday"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("write 03:12");
        assertThatThrownBy(() -> parse("2026-11-21T00:00:00Z"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("lies ahead");
    }

    private static Instant parse(String text) {
        return PastTime.parse(text, NOW, BERLIN);
    }
}
