package io.nightshift.investigate.domain;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.Lesson;
import io.nightshift.events.ServiceRollup;
import io.nightshift.runtime.inventory.Inventory;
import java.time.Instant;
import java.util.List;

/**
 * All that the ranker may look at, fixed before it looks.
 *
 * @param fingerprint of the incident, for lessons
 * @param onset earliest onset among the incident's anomalies
 * @param anomalies anomalies in full
 * @param members further anomalies in short
 * @param graph the service graph around the incident, as of its onset
 * @param changes changes found around the onset
 * @param rollups minutes of suspects and neighbours
 * @param lessons lessons that may fit, best first
 * @param inventory what exists and may be acted on
 * @param citations how evidence is cited
 */
public record Case(
        String fingerprint,
        Instant onset,
        List<Anomaly> anomalies,
        List<AnomalyBrief> members,
        List<GraphEntry> graph,
        List<ChangeEvent> changes,
        List<ServiceRollup> rollups,
        List<Lesson> lessons,
        Inventory inventory,
        Citations citations) {

    public Case {
        anomalies = List.copyOf(anomalies);
        members = List.copyOf(members);
        graph = List.copyOf(graph);
        changes = List.copyOf(changes);
        rollups = List.copyOf(rollups);
        lessons = List.copyOf(lessons);
    }

    public static Case of(
            Incident incident,
            List<ChangeEvent> changes,
            List<ServiceRollup> rollups,
            List<Lesson> lessons,
            Inventory inventory,
            Citations citations) {
        return new Case(
                incident.getFingerprint(),
                incident.getOnset(),
                incident.getAnomalies(),
                incident.getMembers(),
                incident.getGraph(),
                changes,
                rollups,
                lessons,
                inventory,
                citations);
    }
}
