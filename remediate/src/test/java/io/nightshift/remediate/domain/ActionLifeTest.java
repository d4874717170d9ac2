package io.nightshift.remediate.domain;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActionLifeTest {

    private static final Set<ActionStatus> ENDS =
            EnumSet.of(HELD, RECURRED, ROLLED_BACK, ESCALATED, DENIED, EXPIRED, WITHDRAWN, SHADOWED);

    @Test
    void everyStatusIsReachableAndEveryOneLeadsToAnEnd() {
        assertThat(reachable(UNKNOWN)).containsAll(EnumSet.complementOf(EnumSet.of(UNKNOWN)));
        for (ActionStatus status : ActionStatus.values()) {
            Set<ActionStatus> onwards = reachable(status);
            onwards.add(status);
            assertThat(onwards).as(status.name()).containsAnyElementsOf(ENDS);
        }
    }

    @Test
    void noWalkReachesAnEffectWithoutAnAllowOrRecoveryWithoutSuccess() {
        Random random = new Random(42);
        for (int walk = 0; walk < 2_000; walk++) {
            List<ActionStatus> path = new ArrayList<>(List.of(UNKNOWN));
            while (path.size() < 40) {
                List<ActionStatus> next = List.copyOf(ActionLife.next(path.get(path.size() - 1)));
                if (next.isEmpty()) {
                    break;
                }
                path.add(next.get(random.nextInt(next.size())));
            }
            assertBefore(path, STARTED, ALLOWED);
            assertBefore(path, ALLOWED, PROPOSED);
            assertBefore(path, RECOVERED, SUCCEEDED);
            assertBefore(path, HELD, RECOVERED);
            assertBefore(path, RECURRED, RECOVERED);
        }
    }

    @Test
    void whateverIsInFlightCanBeEscalated() {
        for (ActionStatus status : ActionStatus.values()) {
            if (ActionLife.isInFlight(status)) {
                assertThat(ActionLife.isLegal(status, ESCALATED))
                        .as(status.name())
                        .isTrue();
                assertThat(ActionLife.isOver(status)).as(status.name()).isFalse();
            }
        }
    }

    private static void assertBefore(List<ActionStatus> path, ActionStatus later, ActionStatus earlier) {
        if (path.contains(later)) {
            assertThat(path.subList(0, path.indexOf(later))).as(path.toString()).contains(earlier);
        }
    }

    private static Set<ActionStatus> reachable(ActionStatus from) {
        Set<ActionStatus> found = EnumSet.noneOf(ActionStatus.class);
        List<ActionStatus> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            for (ActionStatus next : ActionLife.next(open.remove(0))) {
                if (found.add(next)) {
                    open.add(next);
                }
            }
        }
        return found;
    }
}
