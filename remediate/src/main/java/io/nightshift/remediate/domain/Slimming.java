package io.nightshift.remediate.domain;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import java.util.ArrayList;
import java.util.List;

/** Keeps of large records what admission judges by, so that its memory stays small. */
final class Slimming {

    private static final int MEMBERS = 400;

    private Slimming() {}

    /** Without model calls, looks and the words of the evidence; its ids and kinds stay, which policy may look at. */
    static Investigation slim(Investigation investigation) {
        return Investigation.newBuilder(investigation)
                .setEvidence(investigation.getEvidence().stream()
                        .map(item -> EvidenceItem.newBuilder()
                                .setId(item.getId())
                                .setKind(item.getKind())
                                .setText("")
                                .build())
                        .toList())
                .setModelCalls(List.of())
                .setLooks(List.of())
                .setConsidered(List.of())
                .setTruncated(List.of())
                .build();
    }

    /** With its anomalies in short. */
    static Incident slim(Incident incident) {
        List<AnomalyBrief> members = new ArrayList<>();
        for (Anomaly anomaly : incident.getAnomalies()) {
            members.add(AnomalyBrief.newBuilder()
                    .setId(anomaly.getId())
                    .setSubject(anomaly.getSubject())
                    .setSignal(anomaly.getSignal())
                    .setKind(anomaly.getKind())
                    .setSeverity(anomaly.getSeverity())
                    .setOnset(anomaly.getOnset())
                    .setClearedAt(anomaly.getClearedAt())
                    .build());
        }
        for (AnomalyBrief member : incident.getMembers()) {
            if (members.size() < MEMBERS) {
                members.add(member);
            }
        }
        return Incident.newBuilder(incident)
                .setAnomalies(List.of())
                .setMembers(members)
                .build();
    }
}
