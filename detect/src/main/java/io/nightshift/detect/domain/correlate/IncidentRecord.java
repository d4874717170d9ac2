package io.nightshift.detect.domain.correlate;

import io.nightshift.detect.domain.report.Bounded;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a case as a record within its byte budget: the most telling members whole, more in short, the rest as a count. */
final class IncidentRecord {

    private static final int WHOLE = 24;
    private static final int BRIEF = 300;
    private static final int WHOLE_BYTES = 140 * 1024;
    private static final int BRIEF_BYTES = 60 * 1024;
    private static final int GRAPH_BYTES = 30 * 1024;
    private static final int MAX_GRAPH = 200;
    private static final int MAX_SERVICES = 100;

    private IncidentRecord() {}

    /** How the environment stands around the incident. */
    record Surroundings(String environment, int unhealthyServices, int knownServices, int otherOpenIncidents) {}

    static Incident of(
            Case incident,
            IncidentPhase phase,
            String mergedInto,
            Neighbourhood graph,
            Surroundings around,
            long nowMillis) {
        List<Member> telling = incident.mostTelling();
        List<Anomaly> whole = new ArrayList<>();
        List<AnomalyBrief> brief = new ArrayList<>();
        int wholeBytes = 0;
        int briefBytes = 0;
        for (Member member : diverse(telling)) {
            int size = Bounded.sizeOf(member.anomaly());
            if (whole.size() < WHOLE && wholeBytes + size <= WHOLE_BYTES) {
                whole.add(member.anomaly());
                wholeBytes += size;
            } else {
                int briefSize = 60
                        + Bounded.of(member.id())
                        + Bounded.of(member.anomaly().getName())
                        + Bounded.of(member.anomaly().getSubject());
                if (brief.size() < BRIEF && briefBytes + briefSize <= BRIEF_BYTES) {
                    brief.add(member.brief());
                    briefBytes += briefSize;
                }
            }
        }
        List<String> services = servicesOf(telling);
        Instant now = Instant.ofEpochMilli(nowMillis);
        double severity = telling.stream()
                .filter(m -> m.isOpen() || phase == IncidentPhase.RESOLVED)
                .mapToDouble(Member::severity)
                .max()
                .orElse(0);
        return Incident.newBuilder()
                .setId(incident.id())
                .setVersion(incident.said(nowMillis))
                .setPhase(phase)
                .setEnvironment(around.environment())
                .setFingerprint(Fingerprint.of(telling, graph))
                .setOpenedAt(Instant.ofEpochMilli(incident.openedMillis()))
                .setOnset(Instant.ofEpochMilli(incident.firstOnset()))
                .setUpdatedAt(now)
                .setResolvedAt(phase == IncidentPhase.RESOLVED ? now : null)
                .setMergedInto(mergedInto)
                .setSeverity(severity)
                .setPages(incident.pages())
                .setServices(services)
                .setAnomalies(whole)
                .setMembers(brief)
                .setMemberCount(incident.memberCount())
                .setGraph(bounded(graph.around(services, Instant.ofEpochMilli(incident.firstOnset()), MAX_GRAPH)))
                .setUnhealthyServices(around.unhealthyServices())
                .setKnownServices(around.knownServices())
                .setOtherOpenIncidents(around.otherOpenIncidents())
                .setSentence(sentence(services, telling, incident.memberCount()))
                .build();
    }

    /** One of each subject, kind and name first: twenty errors of one service tell less than one of each kind. */
    private static List<Member> diverse(List<Member> telling) {
        Map<String, Member> first = new LinkedHashMap<>();
        List<Member> rest = new ArrayList<>();
        for (Member member : telling) {
            String sort = member.service() + "|" + member.anomaly().getSubject().getInstance() + "|"
                    + member.anomaly().getSubject().getPeer() + "|" + member.kind() + "|"
                    + member.anomaly().getName();
            if (first.putIfAbsent(sort, member) != null) {
                rest.add(member);
            }
        }
        List<Member> all = new ArrayList<>(first.values());
        all.addAll(rest);
        return all;
    }

    private static List<String> servicesOf(List<Member> telling) {
        Set<String> services = new LinkedHashSet<>();
        for (Member member : telling) {
            if (services.size() < MAX_SERVICES) {
                services.add(member.service());
            }
        }
        return new ArrayList<>(services);
    }

    private static List<GraphEntry> bounded(List<GraphEntry> entries) {
        List<GraphEntry> kept = new ArrayList<>();
        int bytes = 0;
        for (GraphEntry entry : entries) {
            bytes += 80
                    + Bounded.of(entry.getSubject())
                    + Bounded.of(entry.getVersion())
                    + entry.getInstances().stream().mapToInt(Bounded::of).sum();
            if (bytes > GRAPH_BYTES) {
                break;
            }
            kept.add(entry);
        }
        return kept;
    }

    private static String sentence(List<String> services, List<Member> telling, int count) {
        String first = telling.isEmpty() ? "" : telling.get(0).anomaly().getSentence();
        String where = services.size() == 1
                ? shortName(services.get(0))
                : services.size() + " services, first " + shortName(services.get(0));
        return Bounded.text(
                (count == 1 ? "One anomaly in " : count + " anomalies in ") + where + ". Worst: " + first, 500);
    }

    private static String shortName(String service) {
        return service.substring(service.lastIndexOf('/') + 1);
    }
}
