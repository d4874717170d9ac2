package io.nightshift.learn.domain;

import static io.nightshift.learn.Stories.NIGHT;
import static io.nightshift.learn.Stories.after;
import static io.nightshift.learn.Stories.incident;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Dossier;
import io.nightshift.events.Prevention;
import io.nightshift.events.Sighting;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PreventionsTest {

    private static final Dossiers DOSSIERS = new Dossiers(service -> service);

    @Test
    void twoAreChanceAndThreeAreAPattern() {
        assertThat(Preventions.of(sightings(2))).isEmpty();
        Prevention prevention = Preventions.of(sightings(3)).orElseThrow();

        assertThat(prevention.getTimes()).isEqualTo(3);
        assertThat(prevention.getFirstAt()).isEqualTo(NIGHT);
        assertThat(prevention.getSentence()).contains("came 3 times", "demo/shop/orders");
        assertThat(Preventions.of(sightings(40)).orElseThrow().getIncidents()).hasSize(16);
    }

    @Test
    void whatNobodyWasToActOnIsNotCounted() {
        Dossier quiet = DOSSIERS.with(
                Dossiers.empty("inc-1"),
                incident("inc-1", 1, NIGHT).setPages(false).build());

        assertThat(Preventions.sighting(quiet)).isEmpty();
    }

    @Test
    void anIncidentThatGrowsIntoAnotherFingerprintIsTakenBackThere() {
        Dossier before = DOSSIERS.with(
                Dossiers.empty("inc-1"), incident("inc-1", 1, NIGHT).build());
        Dossier after = DOSSIERS.with(
                before, incident("inc-1", 2, NIGHT).setFingerprint("other").build());

        assertThat(Preventions.changes(before, after))
                .extracting(Sighting::getFingerprint)
                .containsExactly("fp", "other");
        assertThat(Preventions.changes(before, after).get(0).getWithdrawn()).isTrue();
        assertThat(Preventions.changes(after, after)).isEmpty();
    }

    private static List<Sighting> sightings(int count) {
        return LongStream.range(0, count)
                .mapToObj(i -> DOSSIERS.with(
                        Dossiers.empty("inc-" + i),
                        incident("inc-" + i, 1, after(i)).build()))
                .map(dossier -> Preventions.sighting(dossier).orElseThrow())
                .toList();
    }
}
