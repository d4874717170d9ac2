package io.nightshift.oversee.domain.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionStatus;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.oversee.domain.night.Night;
import io.nightshift.oversee.story.LeakStory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class MorningSummaryTest {

    private static final Instant FAULT = Instant.parse("2026-01-10T03:12:00Z");

    private final LeakStory story = new LeakStory("inc-1", FAULT);
    private final Night night = new Night(10);

    private String summary() {
        return MorningSummary.of(night.incident("inc-1").orElseThrow(), ZoneOffset.UTC);
    }

    @Test
    void aWholeNightReadsFromTheCauseToTheLesson() {
        story.incidents().forEach(night::accept);
        night.accept(story.investigation());
        story.repair().forEach(night::accept);
        night.accept(story.resolved());
        night.accept(story.held());
        night.accept(story.lesson());

        String summary = summary();
        assertThat(summary)
                .startsWith("# 17 % of requests to gateway failed")
                .contains("began Saturday 10 January 2026, 03:12:00")
                .contains("- **Cause:** inventory, memory leak (87 % sure)")
                .contains("- **Repair:** rolling restart of inventory\n")
                .contains("- **Outcome:** It held")
                .contains("From the cause to the users: inventory → orders → gateway.")
                .contains("- Against: payments was deployed as well")
                .contains("roll back payments to 1.2.6 — payments is not on the path")
                .contains("permit-restart-of-stateless-services")
                .contains("Recovered 03:13:52, 112 s after it began.")
                .contains("probe checkout of gateway passed")
                .contains("It held, as of 03:15:00")
                .contains("held once in one try");
        assertThat(summary.indexOf("## What happened")).isLessThan(summary.indexOf("## Why we think so"));
        assertThat(summary).doesNotContain("\n\n\n");
    }

    @Test
    void anInvestigationOfWhatIsLeftAfterTheRepairDoesNotReplaceItsCause() {
        story.incidents().forEach(night::accept);
        night.accept(story.investigation());
        story.repair().forEach(night::accept);
        night.accept(Investigation.newBuilder(story.investigation())
                .setId("inv-later")
                .setSentence("No service stands out.")
                .setHypotheses(List.of())
                .build());
        night.accept(story.held());
        assertThat(summary())
                .contains("- **Cause:** inventory, memory leak (87 % sure)")
                .doesNotContain("No service stands out.");
    }

    @Test
    void whatHasNotHappenedYetIsSaid() {
        story.incidents().forEach(night::accept);
        assertThat(summary())
                .contains("**Repair:** none")
                .contains("Nothing was done.")
                .contains("No recovery was verified.")
                .contains("Nothing yet");
    }

    @Test
    void aRepairThatWaitsIsNotReportedAsCarriedOut() {
        story.incidents().forEach(night::accept);
        night.accept(story.waits());
        assertThat(summary()).contains("rolling restart of inventory, not carried out");
    }

    @Test
    void anEscalationAsksForAPerson() {
        story.incidents().forEach(night::accept);
        night.accept(
                story.event(ActionStatus.ESCALATED, 200, "Probes still fail").build());
        assertThat(summary()).contains("**A person is needed:** Probes still fail");
    }

    @Test
    void textOfTelemetryStaysText() {
        String hostile =
                "<script>alert(1)</script> [click](https://evil.example) \u202Etxet &#8238; `x` \u001b[31m\n# mine";
        night.accept(Incident.newBuilder(story.resolved()).setSentence(hostile).build());
        night.accept(Investigation.newBuilder(story.investigation())
                .setSentence(hostile)
                .build());
        assertThat(summary())
                .doesNotContain("<script>")
                .doesNotContainPattern("(?<!\\\\)]\\(")
                .doesNotContain("https://")
                .doesNotContain("\u202E")
                .doesNotContain("\u001b")
                .doesNotContain("&#8238;")
                .doesNotContain("\n# mine");
    }

    @Test
    void aRevokedIncidentSaysByWhomWhenAndWhyAndThatNothingWasLearned() {
        story.incidents().forEach(night::accept);
        story.repair().forEach(night::accept);
        night.accept(story.lesson());
        night.accept(revoked("planted *lines*", FAULT.plusSeconds(7200)));
        night.accept(revoked("a second time", FAULT.plusSeconds(9000)));

        assertThat(summary())
                .contains("**Revoked:** alice took it out of what is learned from, Saturday 10 January 2026, 05:12:00")
                .contains("reason: `planted *lines*`.")
                .contains("Nothing: the incident was revoked.")
                .doesNotContain("a second time", "held once in one try");
    }

    private static ControlRecord revoked(String reason, Instant at) {
        return ControlRecord.newBuilder()
                .setId("revoke-" + at)
                .setKind(ControlKind.REVOKE)
                .setSubject("inc-1")
                .setActor("alice")
                .setPerson(true)
                .setAt(at)
                .setReason(reason)
                .build();
    }
}
