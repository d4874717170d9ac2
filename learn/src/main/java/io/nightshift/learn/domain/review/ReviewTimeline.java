package io.nightshift.learn.domain.review;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.learn.domain.Words;
import io.nightshift.runtime.text.Markdown;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What happened, in order. */
final class ReviewTimeline {

    private record Moment(Instant at, String told) {}

    private static final int MOST = 200;

    private final DateTimeFormatter clock;
    private final List<Moment> moments = new ArrayList<>();

    private ReviewTimeline(ZoneId zone) {
        clock = clock(zone);
    }

    static DateTimeFormatter clock(ZoneId zone) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    /** Escaped lines, oldest first; the middle of a very long one is left out and said to be. */
    static List<String> of(ReviewFile file, ZoneId zone) {
        ReviewTimeline timeline = new ReviewTimeline(zone);
        timeline.incident(file.versions());
        for (Investigation investigation : file.investigations()) {
            timeline.add(
                    investigation.getFinishedAt(), "Investigated: " + Markdown.escape(investigation.getSentence()));
        }
        for (ActionEvent event : file.actions()) {
            timeline.add(event.getAt(), Words.of(event.getStatus()) + ": " + Markdown.escape(event.getSentence()));
        }
        for (Heard heard : file.heard()) {
            timeline.add(heard.control().getAt(), Saying.of(heard));
        }
        return timeline.lines();
    }

    private void incident(List<Incident> versions) {
        Incident before = null;
        for (Incident version : versions) {
            boolean news = before == null
                    || before.getPhase() != version.getPhase()
                    || before.getPages() != version.getPages();
            if (news) {
                add(
                        version.getUpdatedAt(),
                        "Incident " + Words.of(version.getPhase()) + (version.getPages() ? ", pages: " : ": ")
                                + Markdown.escape(version.getSentence()));
            }
            before = version;
        }
    }

    private void add(Instant at, String told) {
        moments.add(new Moment(at, told));
    }

    private List<String> lines() {
        List<String> lines = moments.stream()
                .sorted(Comparator.comparing(Moment::at))
                .map(moment -> clock.format(moment.at()) + " " + moment.told())
                .toList();
        if (lines.size() <= MOST) {
            return lines;
        }
        List<String> cut = new ArrayList<>(lines.subList(0, MOST / 2));
        cut.add("(" + (lines.size() - MOST) + " further moments are left out)");
        cut.addAll(lines.subList(lines.size() - MOST / 2, lines.size()));
        return cut;
    }
}
