package io.nightshift.oversee.domain.night;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.oversee.story.Asked;
import io.nightshift.oversee.story.LeakStory;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NightTest {

    @Test
    void theAnswerToAQuestionAboutAnIncidentThatIsOverDoesNotReplaceItsOwn() {
        Instant now = Instant.parse("2026-01-10T03:12:00Z");
        Night night = new Night(10);
        LeakStory story = new LeakStory("inc-1", now);
        story.incidents().forEach(night::accept);
        night.accept(story.investigation());
        night.accept(Investigation.newBuilder(Asked.answer("inv-later", now.plusSeconds(9_000)))
                .setIncidentId("inc-1")
                .build());
        IncidentFile file = night.incident("inc-1").orElseThrow();

        assertThat(file.answer().orElseThrow().getId()).isEqualTo("inv-inc-1");
        assertThat(file.investigations()).hasSize(2);
    }

    @Test
    void manyQuestionsPushNoOpenIncidentOut() {
        Instant now = Instant.parse("2026-01-10T03:12:00Z");
        Night night = new Night(3);
        new LeakStory("inc-1", now).incidents().forEach(night::accept);
        for (int i = 0; i < 20; i++) {
            night.accept(Investigation.newBuilder(Asked.answer("inv-" + i, now))
                    .setIncidentId("ask-" + i)
                    .build());
        }

        assertThat(night.incident("inc-1")).isPresent();
        assertThat(night.incidents()).hasSize(1);
        assertThat(night.questions()).hasSize(2);
    }

    private static final Instant FAULT = Instant.parse("2026-01-10T03:12:00Z");

    private final Night night = new Night(2);

    private static LeakStory story(String id) {
        return new LeakStory(id, FAULT);
    }

    @Test
    void anOpenIncidentOutlivesThoseThatAreOver() {
        story("open").incidents().forEach(night::accept);
        night.accept(story("over").resolved());
        story("new").incidents().forEach(night::accept);
        assertThat(night.incidents()).extracting(IncidentFile::id).containsExactly("open", "new");
    }

    @Test
    void withoutOneThatIsOverTheOldestLeaves() {
        story("a").incidents().forEach(night::accept);
        story("b").incidents().forEach(night::accept);
        story("c").incidents().forEach(night::accept);
        assertThat(night.incidents()).extracting(IncidentFile::id).containsExactly("b", "c");
    }

    @Test
    void recordsThatComeTwiceCountOnce() {
        LeakStory leak = story("a");
        for (int i = 0; i < 2; i++) {
            leak.incidents().forEach(night::accept);
            night.accept(leak.investigation());
            leak.repair().forEach(night::accept);
            night.accept(leak.lesson());
        }
        IncidentFile file = night.incident("a").orElseThrow();
        assertThat(file.versions()).hasSize(2);
        assertThat(file.investigations()).hasSize(1);
        assertThat(file.actions()).hasSize(5);
        assertThat(file.lessons()).hasSize(1);
    }

    @Test
    void anIncidentThatIsUpdatedForHoursKeepsHowItBeganAndHowItStands() {
        LeakStory leak = story("a");
        for (int version = 1; version <= 500; version++) {
            night.accept(leak.incident(version, IncidentPhase.UPDATE, version, true, "sentence " + version));
        }
        IncidentFile file = night.incident("a").orElseThrow();
        assertThat(file.versions()).hasSizeLessThanOrEqualTo(16);
        assertThat(file.first().orElseThrow().getVersion()).isEqualTo(1);
        assertThat(file.versions().get(0).getVersion()).isEqualTo(1);
        assertThat(file.latest().orElseThrow().getVersion()).isEqualTo(500);
    }
}
