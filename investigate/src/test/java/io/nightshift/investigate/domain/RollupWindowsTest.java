package io.nightshift.investigate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Hypothesis;
import io.nightshift.events.RollupCalls;
import io.nightshift.events.ServiceRollup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RollupWindowsTest {

    @Test
    void a_callee_that_fails_in_its_minutes_is_blamed_before_a_detector_reports_it() {
        Scenes scene = Scenes.shop().errors("orders", 0.3, 30, 5, 0);

        assertThat(best(scene, List.of()).getService()).isEqualTo(Scenes.id("orders"));
        assertThat(best(scene, minutes("payments", 0.4)).getService()).isEqualTo(Scenes.id("payments"));
    }

    @Test
    void a_callee_whose_minutes_are_as_always_takes_no_blame() {
        Scenes scene = Scenes.shop().errors("orders", 0.3, 30, 5, 0);

        assertThat(best(scene, minutes("payments", 0)).getService()).isEqualTo(Scenes.id("orders"));
    }

    @Test
    void minutes_of_services_away_from_all_suspects_are_not_searched_for_trouble() {
        Scenes scene = Scenes.shop().errors("payments", 0.3, 30, 5, 0);

        Hypothesis best = best(scene, minutes("store", 0.4));

        assertThat(best.getService()).isEqualTo(Scenes.id("payments"));
    }

    private static Hypothesis best(Scenes scene, List<ServiceRollup> rollups) {
        Case subject =
                Case.of(scene.incident(), scene.changes(), rollups, List.of(), scene.inventory(), scene.citations());
        return CausalRanker.rank(subject).best();
    }

    /** Ten quiet minutes, and three with failures. */
    private static List<ServiceRollup> minutes(String service, double ratio) {
        List<ServiceRollup> rollups = new ArrayList<>();
        for (int minute = -10; minute < 3; minute++) {
            long failed = minute < 0 ? 0 : Math.round(1800 * ratio);
            rollups.add(new ServiceRollup(
                    Scenes.entity(service, null, null),
                    Scenes.ONSET.plus(Duration.ofMinutes(minute)),
                    List.of(new RollupCalls(null, null, 1800L, failed, 10.0, 20.0, 30.0)),
                    List.of(),
                    0,
                    0,
                    null));
        }
        return rollups;
    }
}
