package io.nightshift.investigate.evidence;

import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ExternalAlert;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.events.LogBatch;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.RecordRef;
import io.nightshift.events.ServiceRollup;
import io.nightshift.events.SpanBatch;
import io.nightshift.investigate.domain.ServiceGraph;
import io.nightshift.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was gathered for one investigation, as it was found.
 *
 * @param request the incident and the lessons that fit it
 * @param origin where the request stands, for evidence that it carries itself
 * @param changes changes of the last hour before the onset and since, on every service around
 * @param rollups minutes of the services around, healthy ones too
 * @param alerts alerts that other monitoring raised on the services around
 * @param logs log batches of the suspects
 * @param spans span batches of the suspects
 * @param metrics metric batches of the suspects
 * @param notes what was left unread, and why
 */
public record Material(
        InvestigationRequest request,
        RecordRef origin,
        List<Found<ChangeEvent>> changes,
        List<Found<ServiceRollup>> rollups,
        List<Found<ExternalAlert>> alerts,
        List<Found<LogBatch>> logs,
        List<Found<SpanBatch>> spans,
        List<Found<MetricBatch>> metrics,
        List<String> notes) {

    private static final Duration CHANGES_BEFORE = Duration.ofHours(1);
    private static final Duration ROLLUPS_BEFORE = Duration.ofMinutes(15);
    private static final Duration DETAIL_BEFORE = Duration.ofSeconds(60);
    private static final Duration DETAIL_AFTER = Duration.ofSeconds(120);
    private static final int SUSPECTS = 6;

    public Material {
        changes = List.copyOf(changes);
        rollups = List.copyOf(rollups);
        alerts = List.copyOf(alerts);
        logs = List.copyOf(logs);
        spans = List.copyOf(spans);
        metrics = List.copyOf(metrics);
        notes = List.copyOf(notes);
    }

    /**
     * Looks for what tells most first: when time or bytes run out, detail is what is missing.
     *
     * @param now until when evidence counts
     */
    public static Material gather(
            InvestigationRequest request, RecordRef origin, EvidenceReader reader, Topics topics, Instant now) {
        Instant onset = request.getIncident().getOnset();
        ServiceGraph graph = ServiceGraph.of(request.getIncident().getGraph());
        List<String> affected = request.getIncident().getServices();
        Set<String> around = new TreeSet<>(graph.around(affected));
        around.addAll(graph.services());
        List<String> suspects = affected.stream().limit(SUSPECTS).toList();
        Instant detailEnd = earlier(now, onset.plus(DETAIL_AFTER));
        Instant detailStart = onset.minus(DETAIL_BEFORE);

        Sought<ChangeEvent> changes = reader.seek(topics.changes(), around, onset.minus(CHANGES_BEFORE), now);
        Sought<ServiceRollup> rollups = reader.seek(topics.rollups(), around, onset.minus(ROLLUPS_BEFORE), now);
        Sought<ExternalAlert> alerts = reader.seek(topics.alerts(), around, onset.minus(ROLLUPS_BEFORE), now);
        Sought<LogBatch> logs = reader.seek(topics.logs(), suspects, detailStart, detailEnd);
        Sought<SpanBatch> spans = reader.seek(topics.spans(), suspects, onset, detailEnd);
        Sought<MetricBatch> metrics = reader.seek(topics.metrics(), suspects, detailStart, detailEnd);

        List<String> notes = new ArrayList<>();
        for (Sought<?> sought : List.of(changes, rollups, alerts, logs, spans, metrics)) {
            if (!sought.truncated().isEmpty()) {
                notes.add(sought.truncated());
            }
        }
        return new Material(
                request,
                origin,
                changes.records(),
                rollups.records(),
                alerts.records(),
                logs.records(),
                spans.records(),
                metrics.records(),
                notes);
    }

    /** Nothing but the request itself, for when there is no time to look. */
    public static Material ofRequestAlone(InvestigationRequest request, RecordRef origin, String why) {
        return new Material(
                request,
                origin,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of("telemetry: " + why));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
