package io.nightshift.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.shop.Role;
import io.nightshift.shop.Shop;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DrawTest {

    private static final List<Truth> MANY = LongStream.range(0, 500)
            .mapToObj(seed -> Draw.from(seed, Optional.empty()))
            .toList();

    @Test
    void theSameSeedTellsTheSameStory() {
        assertThat(Draw.from(17, Optional.empty()).text())
                .isEqualTo(Draw.from(17, Optional.empty()).text());
        assertThat(MANY.stream().map(Truth::text).distinct()).hasSameSizeAs(MANY);
    }

    @Test
    void tenStoriesHoldEachFaultOnceInAnOrderThatDiffers() {
        for (int from = 0; from < MANY.size(); from += Fault.values().length) {
            assertThat(MANY.subList(from, from + Fault.values().length))
                    .extracting(Truth::fault)
                    .containsExactlyInAnyOrder(Fault.values());
        }
        assertThat(MANY.stream()
                        .filter(t -> t.seed() % 10 == 0)
                        .map(Truth::fault)
                        .distinct())
                .hasSizeGreaterThan(4);
    }

    @Test
    void eachFaultHappensWhereverItCan() {
        for (Fault fault : Fault.values()) {
            assertThat(MANY.stream()
                            .filter(truth -> truth.fault() == fault)
                            .map(Truth::shortService)
                            .distinct())
                    .as(fault.word())
                    .containsExactlyInAnyOrderElementsOf(fault.services());
        }
    }

    @Test
    void everyStoryHasADecoyAndNoneStandsWhereTheFaultIsUnlessItIsOnlyWords() {
        assertThat(MANY)
                .allSatisfy(truth -> assertThat(truth.decoys()).isNotEmpty().allSatisfy(decoy -> {
                    assertThat(decoy.atSeconds()).isNotNegative();
                    if (decoy.kind() != Decoy.Kind.LOG_LINES) {
                        assertThat(decoy.service()).isNotEqualTo(truth.shortService());
                    }
                }));
    }

    @Test
    void aReleaseAtFaultIsNotTheOneThatRunsAlready() {
        assertThat(MANY.stream().filter(truth -> !truth.version().isEmpty()))
                .isNotEmpty()
                .allSatisfy(truth -> assertThat(truth.version())
                        .isNotEqualTo(Role.ofService(truth.shortService())
                                .orElseThrow()
                                .firstVersion()));
    }

    /** That one leaks: it is no harmless release. */
    @Test
    void noStoryRollsOutTheReleaseThatTheLeakBuilt() {
        assertThat(MANY).allSatisfy(truth -> {
            assertThat(truth.version()).isNotEqualTo(Shop.LEAKING_INVENTORY);
            assertThat(truth.decoys()).extracting(Decoy::version).doesNotContain(Shop.LEAKING_INVENTORY);
        });
    }

    @Test
    void aFaultThatIsAskedForIsTheOneThatIsPlayed() {
        assertThat(Draw.from(3, Optional.of(Fault.CERTIFICATE)).fault()).isEqualTo(Fault.CERTIFICATE);
        assertThat(Fault.of("bad-release")).contains(Fault.BAD_RELEASE);
        assertThat(Fault.of("random")).isEmpty();
    }
}
