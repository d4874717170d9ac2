package io.nightshift.investigate.domain;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes of an inquiry and what was found around it something that the ranker can judge as it judges an incident. */
public final class InquiryScene {

    /** An entry of the graph that nobody ended is held to have gone after so long. */
    private static final Duration GONE = Duration.ofMinutes(30);

    private static final int MOST_ANOMALIES = 60;

    private InquiryScene() {}

    /** What of the graph was there in the time that is asked about; an entry's last record counts. */
    public static List<GraphEntry> graphThen(Incident asked, Collection<GraphEntry> records) {
        Map<String, GraphEntry> intervals = new HashMap<>();
        for (GraphEntry entry : records) {
            intervals.merge(
                    entry.getSubject() + "|" + entry.getValidFrom(),
                    entry,
                    (one, other) -> other.getLastSeen().isBefore(one.getLastSeen()) ? one : other);
        }
        return intervals.values().stream()
                .filter(entry -> !entry.getValidFrom().isAfter(Inquiry.until(asked)))
                .filter(entry -> !end(entry).isBefore(Inquiry.from(asked)))
                .sorted(Comparator.comparing(entry -> entry.getSubject().toString()))
                .toList();
    }

    /** Every service that the graph tells of: those that report, and those that are called and have an id as services do. */
    public static Set<String> services(Collection<GraphEntry> graph) {
        Set<String> services = new TreeSet<>();
        for (GraphEntry entry : graph) {
            services.add(ServiceKey.of(entry.getSubject()).toString());
            if (entry.getSubject().getPeer() != null
                    && entry.getSubject().getPeer().indexOf('/') > 0) {
                services.add(entry.getSubject().getPeer());
            }
        }
        return services;
    }

    /** The services, who calls them, and all that they call: where their trouble may come from. */
    public static Set<String> around(List<String> services, Collection<GraphEntry> graph) {
        ServiceGraph calls = ServiceGraph.of(graph);
        Set<String> around = new LinkedHashSet<>(services);
        for (String service : services) {
            around.addAll(calls.downstream(service));
            around.addAll(calls.callers(service));
        }
        return around;
    }

    /**
     * The request with what was found: the anomalies of these services and around, and their part of the graph.
     *
     * @param services services that are asked about, all of one environment
     * @param graph the environment's graph of that time
     * @param records anomalies of the environment in any order; an anomaly's last record counts
     */
    public static InvestigationRequest of(
            InvestigationRequest request, List<String> services, List<GraphEntry> graph, Collection<Anomaly> records) {
        Incident asked = request.getIncident();
        Set<String> around = around(services, graph);
        List<Anomaly> anomalies = anomalies(asked, records, around);
        Set<String> affected = new LinkedHashSet<>(services);
        anomalies.forEach(
                anomaly -> affected.add(ServiceKey.of(anomaly.getSubject()).toString()));
        Incident seen = Incident.newBuilder(asked)
                .setEnvironment(ServiceWords.environmentOf(services.get(0)))
                .setServices(List.copyOf(affected))
                .setAnomalies(anomalies.stream().limit(MOST_ANOMALIES).toList())
                .setMemberCount(anomalies.size())
                .setOnset(anomalies.stream()
                        .map(Anomaly::getOnset)
                        .min(Comparator.naturalOrder())
                        .orElse(asked.getOnset()))
                .setSeverity(anomalies.stream()
                        .mapToDouble(Anomaly::getSeverity)
                        .max()
                        .orElse(0))
                .setGraph(graph.stream().filter(entry -> isAmong(entry, around)).toList())
                .setKnownServices(services(graph).size())
                .build();
        return InvestigationRequest.newBuilder(request).setIncident(seen).build();
    }

    /** What was open in the time that is asked about, the most severe first. */
    private static List<Anomaly> anomalies(Incident asked, Collection<Anomaly> records, Set<String> around) {
        Map<String, Anomaly> latest = new HashMap<>();
        for (Anomaly anomaly : records) {
            latest.merge(
                    anomaly.getId(),
                    anomaly,
                    (one, other) -> other.getUpdatedAt().isBefore(one.getUpdatedAt()) ? one : other);
        }
        return latest.values().stream()
                .filter(anomaly -> !anomaly.getOnset().isAfter(Inquiry.until(asked)))
                .filter(anomaly -> anomaly.getPhase() != AnomalyPhase.CLEAR
                        || !anomaly.getUpdatedAt().isBefore(Inquiry.from(asked)))
                .filter(anomaly ->
                        around.contains(ServiceKey.of(anomaly.getSubject()).toString()))
                .sorted(Comparator.comparingDouble(Anomaly::getSeverity)
                        .reversed()
                        .thenComparing(Anomaly::getId))
                .toList();
    }

    private static boolean isAmong(GraphEntry entry, Set<String> around) {
        return around.contains(ServiceKey.of(entry.getSubject()).toString())
                && (entry.getSubject().getPeer() == null
                        || around.contains(entry.getSubject().getPeer()));
    }

    /** When an interval of the graph ended, or is held to have ended as nobody saw it any more. */
    public static Instant end(GraphEntry entry) {
        return entry.getValidTo() != null
                ? entry.getValidTo()
                : entry.getLastSeen().plus(GONE);
    }
}
