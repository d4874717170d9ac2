package io.nightshift.learn.domain;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Conclusion;
import io.nightshift.events.Dossier;
import io.nightshift.events.EntityRef;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.Remark;
import io.nightshift.events.Trouble;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Keeps what is told of one incident, bounded, and so that the order in which different topics bring it does not matter: what is
 * learned is a function of the dossier.
 */
public final class Dossiers {

    static final int SYMPTOMS_CHARS = 2_000;
    private static final int MOST_SERVICES = 16;
    private static final int MOST_TROUBLES = 64;
    private static final int MOST_CONCLUSIONS = 16;

    /** Kinds that users or a service suffer from; mere changes are not among them. */
    private static final Set<AnomalyKind> GRAVE = EnumSet.of(
            AnomalyKind.ERRORS,
            AnomalyKind.LATENCY,
            AnomalyKind.DROPOUT,
            AnomalyKind.SATURATION,
            AnomalyKind.EXHAUSTION,
            AnomalyKind.RESTART);

    private final UnaryOperator<String> classes;

    /** @param classes whose trust an outcome counts for, by service as environment/namespace/service; never empty */
    public Dossiers(UnaryOperator<String> classes) {
        this.classes = classes;
    }

    public static Dossier empty(String incidentId) {
        return Dossier.newBuilder().setIncidentId(incidentId).build();
    }

    /** The latest version counts; an earlier one that comes late changes nothing. */
    public Dossier with(Dossier dossier, Incident incident) {
        if (incident.getVersion() <= dossier.getVersion()) {
            return dossier;
        }
        return Dossier.newBuilder(dossier)
                .setVersion(incident.getVersion())
                .setEnvironment(incident.getEnvironment())
                .setFingerprint(incident.getFingerprint())
                .setOnset(incident.getOnset())
                .setServices(first(incident.getServices(), MOST_SERVICES))
                .setSymptoms(cut(incident.getSentence(), SYMPTOMS_CHARS))
                .setMerged(incident.getMergedInto() != null)
                .setPages(dossier.getPages() || incident.getPages())
                .setTroubles(troubles(dossier, incident))
                .build();
    }

    public Dossier with(Dossier dossier, ActionEvent event) {
        return Dossier.newBuilder(stamped(dossier, event.getService()))
                .setActions(Traces.with(dossier.getActions(), event))
                .build();
    }

    /** The first hypothesis; an investigation without one changes nothing. */
    public Dossier with(Dossier dossier, Investigation investigation) {
        boolean known = dossier.getConclusions().stream()
                .anyMatch(past -> past.getInvestigationId().equals(investigation.getId()));
        if (known || investigation.getHypotheses().isEmpty()) {
            return dossier;
        }
        Hypothesis top = investigation.getHypotheses().get(0);
        List<Conclusion> all = new ArrayList<>(dossier.getConclusions());
        all.add(new Conclusion(
                investigation.getId(), top.getService(), top.getCauseClass(), investigation.getFinishedAt()));
        all.sort(Comparator.comparing(Conclusion::getAt).thenComparing(Conclusion::getInvestigationId));
        return Dossier.newBuilder(stamped(dossier, top.getService()))
                .setConclusions(all.subList(Math.max(0, all.size() - MOST_CONCLUSIONS), all.size()))
                .build();
    }

    public Dossier with(Dossier dossier, Remark remark) {
        return Dossier.newBuilder(dossier)
                .setRemarks(Remarks.with(dossier.getRemarks(), remark))
                .build();
    }

    /** From here on nothing is learned from it, whatever is still told of it. */
    public static Dossier revoked(Dossier dossier) {
        return Dossier.newBuilder(dossier).setRevoked(true).build();
    }

    /** The class at first sight stays: editing the inventory must not leave outcomes behind under the old one. */
    private Dossier stamped(Dossier dossier, String service) {
        if (service.isEmpty() || dossier.getClasses().containsKey(service)) {
            return dossier;
        }
        Map<String, String> stamped = new HashMap<>(dossier.getClasses());
        stamped.put(service, classes.apply(service));
        return Dossier.newBuilder(dossier).setClasses(stamped).build();
    }

    private static List<Trouble> troubles(Dossier dossier, Incident incident) {
        Stream<Trouble> now = Stream.concat(
                incident.getAnomalies().stream().map(Dossiers::trouble),
                incident.getMembers().stream().map(Dossiers::trouble));
        List<Trouble> all = Stream.concat(dossier.getTroubles().stream(), now)
                .filter(trouble -> GRAVE.contains(trouble.getKind()))
                .distinct()
                .sorted(Comparator.comparing(Trouble::getOnset)
                        .thenComparing(Trouble::getService)
                        .thenComparing(Trouble::getKind))
                .toList();
        return first(all, MOST_TROUBLES);
    }

    private static Trouble trouble(Anomaly anomaly) {
        return trouble(anomaly.getSubject(), anomaly.getKind(), anomaly.getOnset());
    }

    private static Trouble trouble(AnomalyBrief member) {
        return trouble(member.getSubject(), member.getKind(), member.getOnset());
    }

    private static Trouble trouble(EntityRef subject, AnomalyKind kind, Instant onset) {
        return new Trouble(ServiceKey.of(subject).toString(), kind, onset);
    }

    static String cut(String text, int chars) {
        return text.length() <= chars ? text : text.substring(0, chars);
    }

    private static <T> List<T> first(List<T> all, int most) {
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }
}
