package io.nightshift.embedded.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RestartDelayTest {
    private final RestartDelay delay = new RestartDelay();

    @Test
    void doublesFromOneSecondToThirty() {
        assertThat(secondsAfter(0, 0, 0, 0, 0, 0, 0)).containsExactly(1, 2, 4, 8, 16, 30, 30);
    }

    @Test
    void beginsAgainAfterARegistryThatRanForAMinute() {
        assertThat(secondsAfter(0, 0, 59, 60, 0)).containsExactly(1, 2, 4, 1, 2);
    }

    private long[] secondsAfter(int... lives) {
        return Arrays.stream(lives)
                .mapToLong(life -> delay.after(Duration.ofSeconds(life)).toSeconds())
                .toArray();
    }
}
