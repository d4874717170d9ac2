package io.nightshift.learn.domain.review;

import io.nightshift.events.Attribution;
import io.nightshift.events.Claim;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Experience;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Investigation;
import io.nightshift.events.Lesson;
import io.nightshift.events.OutcomeKind;
import io.nightshift.events.Prevention;
import io.nightshift.learn.domain.Words;
import io.nightshift.runtime.text.Markdown;
import io.nightshift.schemas.trust.TrustReading;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * A post-incident review in Markdown, from the decision topics alone: what happened, why, what worked, what would have caught it
 * earlier, what went wrong and why, and what to change. Text of strangers is escaped and stays text.
 */
public final class Review {

    private final ReviewFile file;
    private final ZoneId zone;
    private final Instant now;
    private final Markdown out = new Markdown();

    private Review(ReviewFile file, ZoneId zone, Instant now) {
        this.file = file;
        this.zone = zone;
        this.now = now;
    }

    /**
     * @param file of an incident that is known
     * @param now for how trust stands
     */
    public static String of(ReviewFile file, ZoneId zone, Instant now) {
        return new Review(file, zone, now).text();
    }

    private String text() {
        out.heading(1, "Review of " + file.latest().getId());
        out.line(Markdown.escape(file.latest().getSentence()));
        file.revocation().ifPresent(this::revoked);
        section("Timeline", ReviewTimeline.of(file, zone));
        out.heading(2, "Why it happened");
        file.answer().ifPresentOrElse(this::cause, () -> out.line("It was not investigated."));
        out.heading(2, "What was done, and what came of it");
        outcomes();
        section("What would have caught it earlier", EarlierSigns.of(file.versions()));
        out.heading(2, "What people said");
        words();
        out.heading(2, "Does it come back?");
        file.prevention().ifPresentOrElse(this::prevention, () -> out.line("It came less than three times."));
        out.heading(2, "Proposed changes");
        changes();
        return out.toString();
    }

    private void revoked(ControlRecord control) {
        out.line("**This incident was revoked: nothing is learned from it.** " + Markdown.escape(control.getActor())
                + " revoked it at " + ReviewTimeline.clock(zone).format(control.getAt())
                + (control.getReason().isEmpty() ? "" : ", reason: " + Markdown.code(control.getReason()))
                + ". What it would have taught stands below.");
    }

    private void section(String title, List<String> escaped) {
        out.heading(2, title);
        escaped.forEach(out::item);
    }

    private void cause(Investigation answer) {
        out.line(Markdown.escape(answer.getSentence()));
        if (answer.getHypotheses().isEmpty()) {
            return;
        }
        Hypothesis best = answer.getHypotheses().get(0);
        out.item("Cause: " + Words.of(best.getCauseClass()) + " of " + Markdown.escape(best.getService())
                + String.format(Locale.ROOT, ", confidence %.2f", best.getConfidence()));
        if (!best.getChain().isEmpty()) {
            out.item("Chain: "
                    + String.join(
                            " → ",
                            best.getChain().stream().map(Markdown::escape).toList()));
        }
        best.getEvidenceFor().forEach(claim -> out.item("For it: " + claim(claim)));
        best.getEvidenceAgainst().forEach(claim -> out.item("Against it: " + claim(claim)));
        answer.getLessons()
                .forEach(lesson -> out.item("Lesson used: " + Markdown.escape(lesson.getLessonKey()) + ", "
                        + Markdown.escape(lesson.getEffect())));
    }

    private static String claim(Claim claim) {
        return Markdown.escape(claim.getText());
    }

    private void outcomes() {
        List<Experience> experiences = file.experiences();
        if (experiences.isEmpty()) {
            out.line("Nothing that was done has ended yet, or nothing was done.");
        }
        experiences.forEach(this::outcome);
    }

    private void outcome(Experience experience) {
        boolean worked =
                experience.getOutcome() == OutcomeKind.HELD || experience.getOutcome() == OutcomeKind.HUMAN_DID_IT;
        out.item((worked ? "Worked: " : "") + Words.of(experience.getAction()) + " of "
                + Markdown.escape(experience.getService()) + " against " + Words.of(experience.getCauseClass()) + ": **"
                + Words.of(experience.getOutcome()) + "**"
                + (experience.getRecoverySeconds() == null
                        ? ""
                        : ", recovered " + Math.round(experience.getRecoverySeconds()) + " s after the onset"));
        if (experience.getAttribution() != Attribution.UNKNOWN) {
            out.subItem("Put down to " + name(experience.getAttribution()) + ": "
                    + Markdown.escape(experience.getBecause()));
        }
        file.lesson(experience).ifPresent(this::lesson);
        file.trust(experience).map(trust -> TrustReading.of(trust, now)).ifPresent(this::trust);
    }

    private void lesson(Lesson lesson) {
        out.subItem("Known by now: " + Markdown.escape(lesson.getSentence()));
        if (lesson.getRepeated() > 0) {
            out.subItem("The same mistake was made twice, " + Words.times(lesson.getRepeated())
                    + ": policy let through what had ended badly before.");
        }
    }

    private void trust(TrustReading reading) {
        out.subItem("Trust: " + Markdown.escape(reading.trust().getSentence()) + " Now level " + reading.level() + "; "
                + Markdown.escape(String.join("; ", reading.stillNeeded())));
    }

    static String name(Attribution attribution) {
        return switch (attribution) {
            case WRONG_DIAGNOSIS -> "a wrong diagnosis";
            case POLICY -> "policy, which allowed what it should not";
            case EXECUTION -> "a failure of execution";
            case VERIFICATION -> "a failure of verification";
            case EXTERNAL -> "a cause outside";
            case UNKNOWN -> "nothing yet";
        };
    }

    private void words() {
        List<Heard> heard = file.heard();
        if (heard.isEmpty()) {
            out.line("Nothing. `./nightshift feedback` "
                    + Markdown.code(file.latest().getId()) + " `good|bad|false-alarm` says whether this was right.");
        }
        heard.forEach(one -> out.item(Saying.of(one)));
    }

    private void prevention(Prevention prevention) {
        out.line("**Prevention proposed.** " + Markdown.escape(prevention.getSentence()));
        out.item("Incidents: "
                + String.join(
                        ", ",
                        prevention.getIncidents().stream().map(Markdown::escape).toList()));
        out.item(
                "Ask what would make it impossible: a limit, a fix of the release, a quota, an alert on its first sign.");
    }

    private void changes() {
        List<ProposedChange> changes = Proposals.of(file);
        if (changes.isEmpty()) {
            out.line("None.");
        }
        for (ProposedChange change : changes) {
            out.line(change.what());
            out.fenced("diff", change.diff());
        }
    }
}
