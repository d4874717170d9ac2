package io.nightshift.oversee.domain.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Incident;
import io.nightshift.oversee.story.LeakStory;
import java.time.Instant;
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
