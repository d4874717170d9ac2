package io.nightshift.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UnknownIdsTest {

    private static final long LATER = UnknownIds.REFUSED_FOR.toNanos();

    private final UnknownIds unknown = new UnknownIds();

    @Test
    void whatWasRefusedIsRefusedForAWhileAndThenAskedForAgain() {
        unknown.refuse(7, RegistryException.refused("no 7", null), 0);

        assertThatThrownBy(() -> unknown.check(7, LATER - 1)).hasMessage("no 7");
        assertThatCode(() -> unknown.check(7, LATER)).doesNotThrowAnyException();
        assertThatCode(() -> unknown.check(8, 0)).doesNotThrowAnyException();
    }

    @Test
    void allWaitingOfAPeriodIsBounded() {
        Duration wait = Duration.ofSeconds(1);
        for (int i = 0; i < UnknownIds.PATIENCE.toSeconds(); i++) {
            assertThat(unknown.mayWait(wait, i)).isTrue();
        }
        assertThat(unknown.mayWait(wait, LATER - 1)).isFalse();
        assertThat(unknown.mayWait(wait, LATER)).isTrue();
    }

    @Test
    void onlySoManyAreRemembered() {
        for (int id = 0; id <= UnknownIds.REMEMBERED; id++) {
            unknown.refuse(id, RegistryException.refused("no " + id, null), 0);
        }
        assertThatCode(() -> unknown.check(0, 1)).doesNotThrowAnyException();
        assertThatThrownBy(() -> unknown.check(1, 1)).hasMessage("no 1");
    }
}
