package io.nightshift.oversee.domain.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.Incident;
import io.nightshift.events.Signal;
import io.nightshift.oversee.story.LeakStory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryTellerTest {

    private final LeakStory story = new LeakStory("inc-1", Instant.parse("2026-01-10T03:12:00Z"));
    private final StoryTeller teller = new StoryTeller();

    @Test
    void anIncidentIsToldWhenItOpensWhenItAffectsUsersAndWhenItEnds() {
        List<Incident> versions = story.incidents();
        assertThat(teller.tell(versions.get(0))).singleElement().satisfies(line -> assertThat(line.text())
                .startsWith("incident opened (does not page)"));
        assertThat(teller.tell(versions.get(1))).singleElement().satisfies(line -> assertThat(line.text())
                .startsWith("incident now affects users"));
        assertThat(teller.tell(
                        Incident.newBuilder(versions.get(1)).setVersion(9).build()))
                .isEmpty();
        assertThat(teller.tell(story.resolved())).singleElement().satisfies(line -> assertThat(line.text())
                .startsWith("incident resolved"));
    }

    @Test
    void aStormOfAnomaliesIsToldByTheFirstOfEachServiceAndCounts() {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            told.addAll(texts(teller.tell(sign("i" + i, "inventory", AnomalyPhase.OPEN, i / 2))));
            told.addAll(texts(teller.tell(sign("o" + i, "orders", AnomalyPhase.OPEN, i / 2))));
        }
        assertThat(told)
                .containsExactly(
                        "first sign at inventory: i0 is odd",
                        "first sign at orders: o0 is odd",
                        "further signs: inventory 20, orders 19",
                        "further signs: inventory 20, orders 20");
        assertThat(texts(teller.tell(story.incidents().get(0))))
                .as("before an incident all is told")
                .first()
                .isEqualTo("further signs: inventory 19, orders 20");
    }

    @Test
    void aServiceIsQuietAgainWithItsLastSign() {
        teller.tell(sign("a", "inventory", AnomalyPhase.OPEN, 0));
        teller.tell(sign("b", "inventory", AnomalyPhase.OPEN, 1));
        assertThat(teller.tell(sign("a", "inventory", AnomalyPhase.CLEAR, 2))).isEmpty();
        assertThat(texts(teller.tell(sign("b", "inventory", AnomalyPhase.CLEAR, 3))))
                .containsExactly("further signs: inventory 1", "quiet again: inventory (all 2 signs are over)");
        assertThat(texts(teller.tell(sign("c", "inventory", AnomalyPhase.OPEN, 60))))
                .containsExactly("first sign at inventory: c is odd");
    }

    private static List<String> texts(List<StoryLine> lines) {
        return lines.stream().map(StoryLine::text).toList();
    }

    private static Anomaly sign(String id, String service, AnomalyPhase phase, int second) {
        Instant at = Instant.parse("2026-01-10T03:12:00Z").plusSeconds(second);
        return Anomaly.newBuilder()
                .setId(id)
                .setPhase(phase)
                .setSubject(new EntityRef("demo", "shop", service, null, null))
                .setSignal(Signal.METRIC)
                .setKind(AnomalyKind.LEVEL_SHIFT)
                .setDirection(Direction.UP)
                .setName("latency")
                .setSeverity(2)
                .setOnset(at)
                .setDetectedAt(at)
                .setUpdatedAt(at)
                .setSentence(id + " is odd")
                .build();
    }

    @Test
    void anIncidentThatPagesFromTheStartIsToldOnce() {
        Incident opened =
                Incident.newBuilder(story.incidents().get(0)).setPages(true).build();
        assertThat(teller.tell(opened)).hasSize(1);
        assertThat(teller.tell(story.incidents().get(1))).isEmpty();
    }

    @Test
    void nothingIsToldTwice() {
        assertThat(teller.tell(story.investigation())).isNotEmpty();
        assertThat(teller.tell(story.investigation())).isEmpty();
        story.repair().forEach(event -> assertThat(teller.tell(event)).isNotEmpty());
        story.repair().forEach(event -> assertThat(teller.tell(event)).isEmpty());
    }

    @Test
    void aVerdictIsToldWithItsRulesAndARecoveryWithItsProbes() {
        assertThat(teller.tell(story.repair().get(1)))
                .anyMatch(line -> line.text().contains("guard:blast-radius"));
        assertThat(teller.tell(story.repair().get(4)))
                .anyMatch(line -> line.text().contains("probe checkout of gateway: passed"));
    }

    @Test
    void aTerminalIsGivenNothingToObey() {
        Incident hostile = Incident.newBuilder(story.incidents().get(0))
                .setSentence("red\u001b[31m \u202Eback\nnext")
                .build();
        String text = teller.tell(hostile).get(0).text();
        assertThat(text.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x202E))
                .isTrue();
    }
}
