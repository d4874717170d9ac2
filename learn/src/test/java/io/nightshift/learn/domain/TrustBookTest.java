package io.nightshift.learn.domain;

import static io.nightshift.learn.Stories.NIGHT;
import static io.nightshift.learn.Stories.SERVICE;
import static io.nightshift.learn.Stories.after;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.nightshift.events.Experience;
import io.nightshift.events.OutcomeKind;
import io.nightshift.events.Trust;
import io.nightshift.schemas.trust.TrustKey;
import io.nightshift.schemas.trust.TrustReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrustBookTest {

    private static final TrustBook BOOK = new TrustBook(TrustSettings.usual());

    private final List<Experience> told = new ArrayList<>();
    private final List<Promotion> promotions = new ArrayList<>();
    private final List<Release> releases = new ArrayList<>();

    @Test
    void evidenceAloneNeverWidens() {
        held(0, 50);

        assertThat(trust().getEarned()).isEqualTo(5);
        assertThat(trust().getLevel()).as("nobody promoted it").isEqualTo(3);
        assertThat(TrustReading.of(trust(), after(60)).stillNeeded())
                .containsExactly("level 4: earned; only a person's promotion is missing");
    }

    @Test
    void aPromotionCountsAsFarAsTheEvidenceWentWhenItWasGiven() {
        held(0, 3);
        promote(5, 4);
        held(10, 10);
        assertThat(trust().getLevel()).as("given before it was earned").isEqualTo(3);
        assertThat(trust().getDemotedFor())
                .isEqualTo("by what is known now, level 4 was not earned when alice promoted it");

        promote(30, 5);
        assertThat(trust().getLevel()).isEqualTo(5);
        assertThat(trust().getPromotedBy()).isEqualTo("alice");
    }

    @Test
    void whatIsStillNeededIsCountedInHeldOutcomes() {
        held(0, 1);
        TrustReading reading = TrustReading.of(trust(), after(1));

        assertThat(reading.heldNeeded(4)).isEqualTo(4);
        assertThat(reading.stillNeeded())
                .containsExactly("level 4: 4 more held outcomes in a row, then a person's promotion");
        held(2, 4);
        assertThat(trust().getEarned()).isEqualTo(4);
    }

    @Test
    void aHarmTakesAwayAtOnceWhatWasGrantedAndItIsNotRegainedByEarningItAgain() {
        held(0, 12);
        promote(15, 5);
        told.add(Told.of("harm", OutcomeKind.HARMFUL, 20).build());
        assertThat(trust().getLevel()).isEqualTo(3);
        assertThat(trust().getDemotedFor()).startsWith("it did harm in inc-");
        assertThat(trust().getHeld()).as("what held before counts no more").isZero();

        held(30, 60);
        assertThat(trust().getEarned()).isGreaterThanOrEqualTo(4);
        assertThat(trust().getLevel()).isEqualTo(3);
        promote(95, 4);
        assertThat(trust().getLevel()).isEqualTo(4);
    }

    @Test
    void aSecondHarmStopsItAltogetherUntilAPersonLetsItAskAgain() {
        told.add(Told.of("harm-1", OutcomeKind.HARMFUL, 1).build());
        told.add(Told.of("harm-2", OutcomeKind.HARMFUL, 2).build());
        assertThat(trust().getLevel()).isEqualTo(2);
        assertThat(TrustReading.of(trust(), after(3)).stillNeeded())
                .containsExactly("level 3: a person's promotion, after two harms");

        promote(5, 3);
        assertThat(trust().getLevel()).isEqualTo(3);
    }

    @Test
    void failuresNarrowAsSoonAsTheBoundFallsBelowWhatTheLevelNeeds() {
        held(0, 5);
        promote(6, 4);
        assertThat(trust().getLevel()).isEqualTo(4);
        told.add(Told.of("back", OutcomeKind.RECURRED, 10).build());

        assertThat(trust().getLevel()).isEqualTo(3);
        assertThat(trust().getDemotedFor()).isEqualTo("recurred in inc-back");
        assertThat(trust().getInARow()).isZero();
    }

    @Test
    void evidenceFadesWithAgeAndWhatFadedIsNotRegainedWithoutAPerson() {
        held(0, 5);
        promote(6, 4);
        Instant later = NIGHT.plus(Duration.ofDays(90));
        assertThat(TrustReading.of(trust(), later).level()).isEqualTo(3);
        assertThat(TrustReading.of(trust(), later).lowerBound()).isLessThan(trust().getLowerBound());

        for (int i = 0; i < 5; i++) {
            told.add(
                    Told.at("late-" + i, OutcomeKind.HELD, later.plusSeconds(i)).build());
        }
        assertThat(trust().getEarned()).isEqualTo(4);
        assertThat(trust().getLevel()).isEqualTo(3);
        assertThat(trust().getDemotedFor()).isEqualTo("what spoke for it faded");
    }

    @Test
    void aPromotionEndsAndAnEndedOneReadsAsNone() {
        held(0, 200);
        promotions.add(new Promotion("p", 5, "alice", after(300), after(400)));

        assertThat(TrustReading.of(trust(), after(399)).level()).isEqualTo(5);
        assertThat(TrustReading.of(trust(), after(400)).level()).isEqualTo(3);
        told.add(Told.of("next", OutcomeKind.HELD, 500).build());
        assertThat(trust().getLevel()).isEqualTo(3);
    }

    @Test
    void servicesOfAClassEarnTogetherAndAReleaseTakesTheEvidenceOfItsOwnService() {
        for (int i = 0; i < 5; i++) {
            told.add(Told.of("one-" + i, OutcomeKind.HELD, i).build());
            told.add(Told.of("two-" + i, OutcomeKind.HELD, i)
                    .setService("demo/shop/orders")
                    .build());
        }
        promote(6, 4);
        assertThat(trust().getHeld()).isEqualTo(10);

        releases.add(new Release("demo/shop/orders", after(20)));
        assertThat(trust().getHeld()).isEqualTo(5);
        assertThat(trust().getLevel())
                .as("the other service's evidence is enough")
                .isEqualTo(4);
        releases.add(new Release(SERVICE, after(30)));
        assertThat(trust().getHeld()).isZero();
        assertThat(trust().getLevel()).isEqualTo(3);
        assertThat(trust().getResetBy()).isEqualTo("a new release of " + SERVICE);
    }

    @Test
    void whatHeldAcrossAReleaseSaysNothingOfTheReleaseThatRuns() {
        releases.add(new Release(SERVICE, after(10)));
        told.add(Told.of("across", OutcomeKind.HELD, 11).setStartedAt(after(9)).build());

        assertThat(trust().getGood()).isZero();
    }

    @Test
    void anotherVersionOfAPlaybookBeginsAgain() {
        for (int i = 0; i < 6; i++) {
            told.add(Told.of("old-" + i, OutcomeKind.HELD, i)
                    .setPlaybook("free-disk@aa")
                    .build());
        }
        promote(10, 4);
        assertThat(trust().getLevel()).isEqualTo(4);
        told.add(
                Told.of("new", OutcomeKind.HELD, 20).setPlaybook("free-disk@bb").build());

        assertThat(trust().getLevel()).isEqualTo(3);
        assertThat(trust().getHeld()).isEqualTo(1);
        assertThat(TrustKey.of(trust())).hasToString("ROLLING_RESTART:free-disk|demo/web|MEMORY_LEAK");
    }

    @Test
    void agreementAndDrillsWeighWhatIsDeclared() {
        told.add(Told.of("agreed", OutcomeKind.HUMAN_DID_IT, 1)
                .setStartedAt(null)
                .build());
        told.add(Told.of("drill", OutcomeKind.HELD, 1).setDrill(true).build());
        told.add(Told.of("persons", OutcomeKind.HUMAN_DID_IT, 1)
                .setStartedAt(null)
                .setProposed(false)
                .build());
        assertThat(trust().getGood()).isEqualTo(0.5, offset(1e-9));
        assertThat(trust().getAgreed()).isEqualTo(1);
        assertThat(trust().getDrills()).isEqualTo(1);

        told.add(Told.of("other", OutcomeKind.HUMAN_DID_OTHERWISE, 1)
                .setStartedAt(null)
                .build());
        told.add(Told.of("needless", OutcomeKind.HUMAN_DID_OTHERWISE, 1).build());
        assertThat(trust().getBad()).isEqualTo(1.25, offset(1e-9));
    }

    @Test
    void anOutcomeWithoutItsActionWidensNothingAndStillNarrows() {
        told.add(Told.of("ghost", OutcomeKind.HELD, 1).setStartedAt(null).build());
        assertThat(trust().getGood()).isZero();
        told.add(Told.of("ghost-2", OutcomeKind.RECURRED, 2).setStartedAt(null).build());
        assertThat(trust().getBad()).isPositive();
    }

    @Test
    void anOutcomeThatANewerReleaseKnowsChangesNothing() {
        told.add(Told.of("new", OutcomeKind.UNKNOWN, 1).build());

        assertThat(trust().getGood()).isZero();
        assertThat(trust().getBad()).isZero();
        assertThat(trust().getLatest()).hasSize(1);
    }

    @Test
    void theOrderInWhichItCameChangesNothing() {
        held(0, 12);
        promote(15, 5);
        told.add(Told.of("harm", OutcomeKind.HARMFUL, 20).build());
        held(30, 12);
        promote(50, 4);
        releases.add(new Release(SERVICE, after(25)));
        Trust trust = trust();
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(told, new Random(seed));
            Collections.shuffle(promotions, new Random(seed));
            assertThat(trust()).isEqualTo(trust);
        }
    }

    @Test
    void takingBackAHarmIsNoPromotion() {
        held(0, 12);
        promote(15, 5);
        told.add(Told.of("blamed", OutcomeKind.HELD, 16)
                .setTakenBackAt(after(40))
                .build());
        assertThat(trust().getLevel()).isEqualTo(3);
        assertThat(trust().getEarned()).isEqualTo(5);
        assertThat(trust().getDemotedFor()).contains("promote it again");

        promote(50, 5);
        assertThat(trust().getLevel()).isEqualTo(5);
    }

    @Test
    void aPersonLowersAtAnyTime() {
        held(0, 12);
        promote(15, 5);
        promote(16, 2);

        assertThat(trust().getLevel()).isEqualTo(2);
        assertThat(trust().getDemotedFor()).isEqualTo("by alice");
    }

    private void held(long minutes, int count) {
        for (int i = 0; i < count; i++) {
            told.add(Told.of("held-" + minutes + "-" + i, OutcomeKind.HELD, minutes + i)
                    .build());
        }
    }

    private void promote(long minutes, int level) {
        promotions.add(new Promotion("p-" + minutes, level, "alice", after(minutes), null));
    }

    private Trust trust() {
        return BOOK.of(told, promotions, releases).orElseThrow();
    }
}
