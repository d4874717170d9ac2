package io.nightshift.remediate.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the target says of itself is heard by the executor at the moment of acting. */
@Timeout(120)
class TargetsWordTest {

    @TempDir
    Path folder;

    private ActionEvent refused(String tells) throws Exception {
        try (ExecutorHouse house = new ExecutorHouse(folder, true)) {
            house.shop.tells(tells);
            house.start();
            house.send(house.restart(plan -> plan));
            ActionEvent last = house.awaitLast(ActionStatus.FAILED);
            assertThat(house.shop.ledger()).isEmpty();
            return last;
        }
    }

    @Test
    void someoneElsesChangeStopsTheEffect() throws Exception {
        assertThat(refused(",\"changedAt\":\"" + Instant.now().minusSeconds(20) + "\",\"changedBy\":\"kim\"")
                        .getSentence())
                .contains("kim changed the target");
    }

    @Test
    void aFactThatCannotBeReadStopsTheEffectToo() throws Exception {
        assertThat(refused(",\"changedAt\":\"yesterday\"").getSentence())
                .contains("'yesterday' as changedAt is no time");
    }

    @Test
    void itsOwnChangesDoNotStopIt() throws Exception {
        try (ExecutorHouse house = new ExecutorHouse(folder, true)) {
            house.shop.tells(",\"changedAt\":\"" + Instant.now() + "\",\"changedBy\":\"nightshift\"");
            house.start();
            house.send(house.restart(plan -> plan));
            house.awaitLast(ActionStatus.SUCCEEDED);
            assertThat(house.shop.ledger()).hasSize(2);
        }
    }
}
