package io.nightshift.remediate.topology;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Trust;
import io.nightshift.remediate.Stories;
import io.nightshift.runtime.stream.DeadLetters;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the trust ledger took away narrows what admission lets through, at once, and nothing in it widens. */
class TrustAtAdmissionTest {

    private static final String KEY = "ROLLING_RESTART|" + Stories.INVENTORY + "|MEMORY_LEAK";

    private AdmissionHouse house = new AdmissionHouse(Stories.inventory(4));

    @AfterEach
    void close() {
        house.close();
    }

    private static Trust demoted(int level) {
        return Stories.distrust(level, Stories.NOW).build();
    }

    private void propose() {
        house.send(Stories.incident("inc-1").build());
        house.send(Stories.investigation("inv-1", "inc-1").build());
    }

    @Test
    void afterAHarmAPersonIsAskedAndToldWhy() {
        house.trust(KEY, demoted(3));
        propose();
        assertThat(house.statuses()).containsExactly(PROPOSED, AWAITING_APPROVAL);
        assertThat(house.last().getVerdict().getRules()).contains("trust");
        assertThat(house.last().getVerdict().getLevel()).isEqualTo(3);
        assertThat(house.last().getVerdict().getReasons())
                .contains("trust: level 3, demoted at " + Stories.NOW + ": it did harm in inc-9");
    }

    @Test
    void afterASecondHarmNothingIsDone() {
        house.trust(KEY, demoted(2));
        propose();
        assertThat(house.statuses()).containsExactly(PROPOSED, DENIED);
    }

    @Test
    void whatWasLostByAnotherActionOrServiceOrAgainstAnotherCauseLowersNothingHere() {
        house.trust("ROLL_BACK_RELEASE|" + Stories.INVENTORY + "|MEMORY_LEAK", demoted(2));
        house.trust("ROLLING_RESTART|" + Stories.INVENTORY + "|BAD_RELEASE", demoted(2));
        house.trust("ROLLING_RESTART|demo/shop/orders|MEMORY_LEAK", demoted(2));
        propose();
        assertThat(house.statuses()).containsExactly(PROPOSED, ALLOWED);
    }

    @Test
    void whatIsUnlearnedNoLongerNarrows() {
        house.trust(KEY, demoted(2));
        house.trust(KEY, null);
        propose();
        assertThat(house.statuses()).containsExactly(PROPOSED, ALLOWED);
    }

    @Test
    void whoeverForgesTrustWidensNothing() {
        house.close();
        house = new AdmissionHouse(Stories.inventory(3));
        house.trust(
                KEY,
                Stories.trust(5)
                        .setPromotedAt(Stories.NOW)
                        .setPromotedBy("mallory")
                        .build());
        propose();
        assertThat(house.statuses()).containsExactly(PROPOSED, AWAITING_APPROVAL);
    }

    @Test
    void ofARecordThatNobodyCanReadTheOneBeforeItStandsAndItIsKeptForPeople() {
        byte[] garbage = {9, 9, 9};
        house.trust(KEY, demoted(3));
        house.unreadableTrust(KEY, garbage);
        propose();
        assertThat(house.statuses()).containsExactly(PROPOSED, AWAITING_APPROVAL);
        assertThat(house.last().getVerdict().getRules()).contains("trust");
        assertThat(house.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.value()).isEqualTo(garbage);
            assertThat(new String(
                            letter.headers()
                                    .lastHeader(DeadLetters.SOURCE_TOPIC)
                                    .value(),
                            StandardCharsets.UTF_8))
                    .isEqualTo(house.topics.trust().name());
        });
    }
}
