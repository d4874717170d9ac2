package io.nightshift.learn.domain;

import io.nightshift.events.ActionTrace;
import io.nightshift.events.Dossier;
import io.nightshift.events.Experience;
import io.nightshift.events.Remark;
import io.nightshift.schemas.trust.TrustKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a dossier teaches: a function of it and of nothing else, so that what is revoked leaves no trace. */
public final class Experiences {

    /** The order in which experiences are folded; total, so that every replay folds alike. */
    public static final Comparator<Experience> BY_TIME =
            Comparator.comparing(Experience::getAt).thenComparing(Experience::getActionId);

    private Experiences() {}

    /** All that it teaches, at most one for each action; nothing when it was revoked. */
    public static List<Experience> of(Dossier dossier) {
        if (dossier.getRevoked()) {
            return List.of();
        }
        List<Experience> all = new ArrayList<>();
        for (ActionTrace trace : dossier.getActions()) {
            Ending.of(trace, dossier)
                    .map(ending -> experience(trace, dossier, ending))
                    .ifPresent(all::add);
        }
        PersonsAction.experience(dossier).ifPresent(all::add);
        return all;
    }

    /** What to tell so that whoever knew what the dossier taught before knows what it teaches now. */
    public static List<Experience> changes(Dossier before, Dossier after) {
        Map<String, Experience> told = byIdentity(of(before));
        Map<String, Experience> now = byIdentity(of(after));
        List<Experience> changes = new ArrayList<>();
        told.forEach((identity, experience) -> {
            if (!now.containsKey(identity)) {
                changes.add(Experience.newBuilder(experience).setWithdrawn(true).build());
            }
        });
        now.forEach((identity, experience) -> {
            if (!experience.equals(told.get(identity))) {
                changes.add(experience);
            }
        });
        return changes;
    }

    private static Map<String, Experience> byIdentity(List<Experience> experiences) {
        Map<String, Experience> byIdentity = new LinkedHashMap<>();
        experiences.forEach(experience -> byIdentity.put(
                LessonKey.of(experience) + "|" + TrustKey.of(experience) + "|" + experience.getActionId(), experience));
        return byIdentity;
    }

    private static Experience experience(ActionTrace trace, Dossier dossier, Ending ending) {
        Blame blame = Blame.of(trace, dossier, ending);
        Optional<Instant> started = trace.getShadow() ? Optional.empty() : Traces.startedAt(trace);
        return Experience.newBuilder()
                .setIncidentId(dossier.getIncidentId())
                .setActionId(trace.getActionId())
                .setFingerprint(trace.getFingerprint())
                .setCauseClass(trace.getCauseClass())
                .setService(trace.getService())
                .setServiceClass(dossier.getClasses().getOrDefault(trace.getService(), trace.getService()))
                .setAction(trace.getAction())
                .setPlaybook(trace.getPlaybook())
                .setOutcome(ending.outcome())
                .setAt(ending.at())
                .setStartedAt(started.orElse(null))
                .setAutomatic(Traces.isAutomatic(trace))
                .setDrill(Remarks.isDrill(dossier.getRemarks()))
                .setTakenBackAt(started.flatMap(any -> Remarks.takingBack(dossier.getRemarks()))
                        .map(Remark::getAt)
                        .orElse(null))
                .setRecoverySeconds(trace.getRecoverySeconds())
                .setAttribution(blame.attribution())
                .setBecause(blame.because())
                .setSymptoms(dossier.getSymptoms())
                .build();
    }
}
