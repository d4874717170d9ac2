package io.nightshift.detect.domain.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TickClockTest {

    private static final long SECOND = 1_000_000;
    private static final long START = 1_000_000 * SECOND;
    private static final long HOUR = 3_600 * SECOND;

    private final TickClock clock = new TickClock();
    private long now = START;

    @Test
    void oneWriterIsTimeItselfFromItsSecondTickOn() {
        assertThat(clock.hear("a", now)).isFalse();
        assertThat(clock.hear("a", now + SECOND)).isTrue();
        assertThat(clock.nowMicros()).isEqualTo(now + SECOND);
        assertThat(clock.hear("a", now + HOUR)).as("after a pause of everybody").isTrue();
        assertThat(clock.nowMicros()).isEqualTo(now + HOUR);
        assertThat(clock.hear("a", now)).as("time never goes back").isFalse();
        assertThat(clock.nowMicros()).isEqualTo(now + HOUR);
    }

    @Test
    void oneFastClockAmongTwoMovesNobodyWhicheverIsHeardFirst() {
        for (int seconds = 0; seconds < 60; seconds++) {
            clock.hear("fast", now + HOUR);
            clock.hear("right", now);
            now += SECOND;
        }
        assertThat(clock.nowMicros()).isBetween(now - 2 * SECOND, now);
        assertThat(clock.isApart("fast")).isTrue();
        assertThat(clock.isApart("right")).isFalse();
    }

    @Test
    void oneSlowClockAmongThreeHoldsNobodyAndTimeStepsOnceASecond() {
        int steps = 0;
        for (int seconds = 0; seconds < 60; seconds++) {
            steps += clock.hear("a", now) ? 1 : 0;
            steps += clock.hear("slow", now - HOUR) ? 1 : 0;
            steps += clock.hear("b", now + SECOND / 3) ? 1 : 0;
            now += SECOND;
        }
        assertThat(clock.nowMicros()).isBetween(now - 2 * SECOND, now);
        assertThat(steps).isBetween(57, 61);
    }

    @Test
    void theRestartOfTheRightOneLeavesTimeRightAlthoughOnlyTheFastOneTicks() {
        twoLive(20);
        for (int seconds = 0; seconds < 60; seconds++) {
            clock.hear("fast", now + HOUR);
            now += SECOND;
        }
        assertThat(clock.nowMicros()).isBetween(now - 7 * SECOND, now);
        for (int seconds = 0; seconds < 20; seconds++) {
            clock.hear("right again", now);
            clock.hear("fast", now + HOUR);
            now += SECOND;
        }
        assertThat(clock.nowMicros()).isBetween(now - 2 * SECOND, now);
        assertThat(clock.isApart("right again")).isFalse();
    }

    @Test
    void whoIsLeftAloneForLongIsBelievedInTheEnd() {
        twoLive(20);
        for (int seconds = 0; seconds < 700; seconds++) {
            clock.hear("fast", now + HOUR);
            now += SECOND;
        }
        assertThat(clock.nowMicros()).isGreaterThan(now + HOUR - 2 * SECOND);
    }

    @Test
    void afterAPauseOfAllWritersTimeLeapsWithThemAndNoneIsApart() {
        for (int seconds = 0; seconds < 20; seconds++) {
            clock.hear("a", now);
            clock.hear("b", now + SECOND / 2);
            now += SECOND;
        }
        now += 600 * SECOND;
        for (int seconds = 0; seconds < 5; seconds++) {
            clock.hear("a", now);
            clock.hear("b", now + SECOND / 2);
            now += SECOND;
        }
        assertThat(clock.nowMicros()).isBetween(now - 2 * SECOND, now);
        assertThat(clock.isApart("a")).isFalse();
        assertThat(clock.isApart("b")).isFalse();
    }

    @Test
    void oneWriterOfTwoMayEndWithoutTimeStanding() {
        for (int seconds = 0; seconds < 20; seconds++) {
            clock.hear("a", now);
            clock.hear("b", now + SECOND / 2);
            now += SECOND;
        }
        for (int seconds = 0; seconds < 3; seconds++) {
            clock.hear("b", now);
            assertThat(clock.nowMicros()).isEqualTo(now);
            now += SECOND;
        }
    }

    private void twoLive(int seconds) {
        for (int second = 0; second < seconds; second++) {
            clock.hear("right", now);
            clock.hear("fast", now + HOUR);
            now += SECOND;
        }
    }
}
