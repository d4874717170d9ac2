package io.nightshift.investigate.evidence;

import static io.nightshift.investigate.evidence.Words.format;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.ExternalAlert;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.Lesson;
import io.nightshift.investigate.domain.Citations;
import io.nightshift.investigate.domain.Untrusted;
import java.time.Instant;
import java.util.List;

/** Items for what the request carries and for what was done or said around: anomalies, graph, lessons, changes, alerts. */
final class IncidentItems {

    private static final int SUMMARY = 160;
    private static final int RELEASE = 64;

    private final PackBuilder pack;

    IncidentItems(PackBuilder pack) {
        this.pack = pack;
    }

    void write(Material material) {
        Incident incident = material.request().getIncident();
        incident.getAnomalies().forEach(this::anomaly);
        incident.getMembers().forEach(this::brief);
        material.changes().forEach(this::change);
        material.alerts().forEach(this::alert);
        material.request().getLessons().forEach(this::lesson);
        incident.getGraph().stream()
                .filter(entry -> entry.getSubject().getPeer() != null)
                .forEach(this::edge);
    }

    private void anomaly(Anomaly anomaly) {
        String text = pack.names().show(anomaly.getSubject()) + ": " + Words.of(anomaly.getKind()) + " of "
                + Words.named(anomaly.getName())
                + format(", severity %.1f, since %s", anomaly.getSeverity(), Words.clock(anomaly.getOnset()))
                + AnomalyDetail.of(anomaly);
        pack.add(
                EvidenceKind.ANOMALY,
                anomaly.getId(),
                anomaly.getSubject(),
                text,
                anomaly.getRefs(),
                anomaly.getId(),
                anomaly.getOnset());
    }

    private void brief(AnomalyBrief brief) {
        String text = pack.names().show(brief.getSubject()) + ": " + Words.of(brief.getKind()) + " of "
                + Words.named(brief.getName())
                + format(", severity %.1f, since %s", brief.getSeverity(), Words.clock(brief.getOnset()));
        pack.add(
                EvidenceKind.ANOMALY,
                brief.getId(),
                brief.getSubject(),
                text,
                List.of(),
                brief.getId(),
                brief.getOnset());
    }

    private void change(Found<ChangeEvent> found) {
        ChangeEvent change = found.value();
        Instant at = Words.instant(change.getTimeMicros());
        String text = pack.names().show(change.getService()) + ": " + Words.of(change.getKind()) + " at "
                + Words.clock(at)
                + release(" to release ", change.getVersion())
                + release(" from release ", change.getPreviousVersion())
                + ", its sender says " + Untrusted.data(change.getSummary(), SUMMARY);
        pack.add(
                EvidenceKind.CHANGE,
                Citations.change(change),
                change.getService(),
                text,
                List.of(found.ref()),
                null,
                at);
    }

    private static String release(String words, String version) {
        return version == null ? "" : words + Untrusted.data(version, RELEASE);
    }

    private void alert(Found<ExternalAlert> found) {
        ExternalAlert alert = found.value();
        Instant at = Words.instant(alert.getStartedAtMicros());
        String text =
                pack.names().show(alert.getSubject()) + ": other monitoring raised " + Words.named(alert.getName())
                        + " at " + Words.clock(at) + ", now " + Words.of(alert.getState()) + ", and says "
                        + Untrusted.data(alert.getSummary(), SUMMARY) + Untrusted.labels(alert.getLabels());
        pack.add(EvidenceKind.ALERT, alert.getSubject(), text, found.ref(), at);
    }

    private void lesson(Lesson lesson) {
        String text = format(
                "%s on %s against %s: held %d, came back %d, did not help %d, did harm %d, was undone %d times",
                Words.of(lesson.getAction()),
                pack.names().show(lesson.getService()),
                Words.of(lesson.getCauseClass()),
                lesson.getHeld(),
                lesson.getRecurred(),
                lesson.getIneffective(),
                lesson.getHarmful(),
                lesson.getUndone());
        pack.add(EvidenceKind.LESSON, Citations.lesson(lesson), null, text, List.of(), null, lesson.getUpdatedAt());
    }

    private void edge(GraphEntry edge) {
        String text = pack.names().show(edge.getSubject())
                + format(
                        ": %.1f calls a second, %.1f %% fail, 95th percentile %.0f ms",
                        edge.getCallsPerSecond(), 100 * edge.getErrorRatio(), edge.getP95Millis());
        pack.add(
                EvidenceKind.TOPOLOGY,
                Citations.edge(edge.getSubject()),
                edge.getSubject(),
                text,
                List.of(),
                null,
                edge.getLastSeen());
    }
}
