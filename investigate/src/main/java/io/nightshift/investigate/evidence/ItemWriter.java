package io.nightshift.investigate.evidence;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.EntityRef;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.Lesson;
import io.nightshift.events.RecordRef;
import io.nightshift.events.RollupCalls;
import io.nightshift.events.ServiceRollup;
import io.nightshift.investigate.domain.Citations;
import io.nightshift.investigate.domain.Quoted;
import io.nightshift.investigate.domain.Untrusted;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Writes material down as evidence items, the most telling first: the incident's own anomalies, changes, lessons, the graph,
 * minutes of suspects and neighbours, then detail from telemetry. Text that others chose stands between guillemets.
 */
final class ItemWriter {

    private static final int SUMMARY = 160;
    private static final int BRIEFS = 60;
    private static final int CHANGES = 40;
    private static final int EDGES = 60;
    private static final int ROLLUPS = 60;

    private final EvidencePack.Builder pack;
    private RecordRef origin;

    ItemWriter(EvidencePack.Builder pack) {
        this.pack = pack;
    }

    void write(Material material) {
        origin = material.origin();
        Incident incident = material.request().getIncident();
        incident.getAnomalies().forEach(this::anomaly);
        incident.getMembers().stream().limit(BRIEFS).forEach(this::brief);
        material.changes().stream()
                .sorted(Comparator.comparingLong(
                                (Found<ChangeEvent> change) -> change.value().getTimeMicros())
                        .reversed())
                .limit(CHANGES)
                .forEach(this::change);
        material.request().getLessons().forEach(this::lesson);
        incident.getGraph().stream()
                .filter(entry -> entry.getSubject().getPeer() != null)
                .limit(EDGES)
                .forEach(this::edge);
        material.rollups().stream()
                .sorted(Comparator.comparing(
                                (Found<ServiceRollup> rollup) -> rollup.value().getMinute())
                        .reversed())
                .limit(ROLLUPS)
                .forEach(this::rollup);
        new DetailWriter(pack).write(material);
    }

    private void anomaly(Anomaly anomaly) {
        String text = label(anomaly.getSubject()) + ": " + words(anomaly.getKind()) + " of "
                + Untrusted.data(anomaly.getName(), Quoted.NAME)
                + format(", severity %.1f, since %s", anomaly.getSeverity(), anomaly.getOnset())
                + AnomalyDetail.of(anomaly);
        item(
                EvidenceKind.ANOMALY,
                anomaly.getId(),
                anomaly.getSubject(),
                text,
                anomaly.getRefs(),
                anomaly.getId(),
                anomaly.getOnset());
    }

    private void brief(AnomalyBrief brief) {
        String text = label(brief.getSubject()) + ": " + words(brief.getKind()) + " of "
                + Untrusted.data(brief.getName(), Quoted.NAME)
                + format(", severity %.1f, since %s", brief.getSeverity(), brief.getOnset());
        item(EvidenceKind.ANOMALY, brief.getId(), brief.getSubject(), text, List.of(), brief.getId(), brief.getOnset());
    }

    private void change(Found<ChangeEvent> found) {
        ChangeEvent change = found.value();
        Instant at = Instant.ofEpochMilli(change.getTimeMicros() / 1000);
        String text = label(change.getService()) + ": " + words(change.getKind()) + " at " + at
                + (change.getVersion() == null ? "" : " to release " + Untrusted.data(change.getVersion(), 64))
                + (change.getPreviousVersion() == null
                        ? ""
                        : " from release " + Untrusted.data(change.getPreviousVersion(), 64))
                + ", its sender says " + Untrusted.data(change.getSummary(), SUMMARY);
        item(EvidenceKind.CHANGE, Citations.change(change), change.getService(), text, List.of(found.ref()), null, at);
    }

    private void lesson(Lesson lesson) {
        String text = format(
                "%s on %s against %s: held %d, came back %d, did not help %d, did harm %d, was undone %d times",
                words(lesson.getAction()),
                Untrusted.name(lesson.getService()),
                words(lesson.getCauseClass()),
                lesson.getHeld(),
                lesson.getRecurred(),
                lesson.getIneffective(),
                lesson.getHarmful(),
                lesson.getUndone());
        item(EvidenceKind.LESSON, Citations.lesson(lesson), null, text, List.of(), null, lesson.getUpdatedAt());
    }

    private void edge(GraphEntry edge) {
        String text = label(edge.getSubject())
                + format(
                        ": %.1f calls a second, %.1f %% fail, 95th percentile %.0f ms",
                        edge.getCallsPerSecond(), 100 * edge.getErrorRatio(), edge.getP95Millis());
        item(
                EvidenceKind.TOPOLOGY,
                Citations.edge(edge.getSubject()),
                edge.getSubject(),
                text,
                List.of(),
                null,
                edge.getLastSeen());
    }

    private void rollup(Found<ServiceRollup> found) {
        ServiceRollup rollup = found.value();
        StringBuilder text = new StringBuilder(label(rollup.getService()) + " in the minute of " + rollup.getMinute()
                + (rollup.getOpenAnomalies() == 0 ? ", no anomaly open" : ", " + rollup.getOpenAnomalies() + " open"));
        rollup.getCalls().stream()
                .filter(calls -> calls.getInstance() == null && calls.getPeer() == null)
                .forEach(calls -> text.append(calls(calls)));
        rollup.getSeries().stream().limit(4).forEach(series -> text.append("; ")
                .append(Untrusted.data(series.getName(), Quoted.NAME))
                .append(format(
                        " mean %.3g%s",
                        series.getMean(), series.getLimit() == null ? "" : format(" of %.3g", series.getLimit()))));
        item(
                EvidenceKind.ROLLUP,
                Citations.rollup(rollup),
                rollup.getService(),
                text.toString(),
                List.of(found.ref()),
                null,
                rollup.getMinute());
    }

    private static String calls(RollupCalls calls) {
        return format(
                "; %d requests, %d failed, 95th percentile %.0f ms",
                calls.getCount(), calls.getErrors(), calls.getP95Millis());
    }

    private void item(
            EvidenceKind kind,
            String key,
            EntityRef subject,
            String text,
            List<RecordRef> refs,
            String anomalyId,
            Instant at) {
        List<RecordRef> places = refs.isEmpty() ? List.of(origin) : refs;
        pack.add(key, new EvidenceItem(pack.nextId(), kind, subject, text, places, anomalyId, at));
    }

    static String label(EntityRef subject) {
        String service = Untrusted.name(ServiceKey.of(subject).toString());
        if (subject.getPeer() != null) {
            return service + " calling " + Untrusted.name(subject.getPeer());
        }
        return subject.getInstance() == null ? service : service + " (" + Untrusted.name(subject.getInstance()) + ")";
    }

    static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String format(String pattern, Object... arguments) {
        return String.format(Locale.ROOT, pattern, arguments);
    }
}
