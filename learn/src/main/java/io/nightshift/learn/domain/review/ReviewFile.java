package io.nightshift.learn.domain.review;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionTrace;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Dossier;
import io.nightshift.events.Experience;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.Lesson;
import io.nightshift.events.Prevention;
import io.nightshift.events.Remark;
import io.nightshift.events.Trust;
import io.nightshift.learn.domain.Dossiers;
import io.nightshift.learn.domain.Experiences;
import io.nightshift.learn.domain.LessonKey;
import io.nightshift.learn.domain.Remarks;
import io.nightshift.schemas.signing.TrustedKeys;
import io.nightshift.schemas.trust.TrustKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** All that a review of one incident rests on, gathered from the decision topics in whatever order they are read. */
public final class ReviewFile {

    private final String incidentId;
    private final TrustedKeys keys;
    private final Dossiers dossiers;
    private final List<Incident> versions = new ArrayList<>();
    private final List<Investigation> investigations = new ArrayList<>();
    private final List<ActionEvent> actions = new ArrayList<>();
    private final List<ControlRecord> controls = new ArrayList<>();
    private final Map<String, Lesson> lessons = new TreeMap<>();
    private final Map<String, Trust> trust = new TreeMap<>();
    private final Map<String, Prevention> preventions = new TreeMap<>();

    /**
     * @param keys whose word counts
     * @param classes whose trust an outcome counts for, by service
     */
    public ReviewFile(String incidentId, TrustedKeys keys, UnaryOperator<String> classes) {
        this.incidentId = incidentId;
        this.keys = keys;
        this.dossiers = new Dossiers(classes);
    }

    /** Takes a decision record; those of other incidents are passed over. */
    public void accept(Object value) {
        if (value instanceof Incident incident && incident.getId().equals(incidentId)) {
            versions.add(incident);
        } else if (value instanceof Investigation investigation
                && investigation.getIncidentId().equals(incidentId)) {
            investigations.add(investigation);
        } else if (value instanceof ActionEvent event && event.getIncidentId().equals(incidentId)) {
            actions.add(event);
        } else if (value instanceof ControlRecord control) {
            controls.add(control);
        } else if (value instanceof Lesson lesson) {
            lessons.put(LessonKey.of(lesson).toString(), lesson);
        } else if (value instanceof Trust one) {
            trust.put(TrustKey.of(one).toString(), one);
        } else if (value instanceof Prevention prevention) {
            preventions.put(prevention.getFingerprint(), prevention);
        }
    }

    /** Whether the incident was ever heard of. */
    public boolean isKnown() {
        return !versions.isEmpty();
    }

    List<Incident> versions() {
        versions.sort(Comparator.comparing(Incident::getVersion));
        return Collections.unmodifiableList(versions);
    }

    Incident latest() {
        return versions().get(versions.size() - 1);
    }

    List<Investigation> investigations() {
        investigations.sort(Comparator.comparing(Investigation::getFinishedAt));
        return Collections.unmodifiableList(investigations);
    }

    /** The answer that was acted upon, or the last one. */
    Optional<Investigation> answer() {
        Set<String> actedUpon =
                actions.stream().map(ActionEvent::getInvestigationId).collect(Collectors.toSet());
        List<Investigation> all = investigations();
        return all.stream()
                .filter(investigation -> actedUpon.contains(investigation.getId()))
                .findFirst()
                .or(() -> all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1)));
    }

    List<ActionEvent> actions() {
        actions.sort(Comparator.comparing(ActionEvent::getAt).thenComparing(ActionEvent::getStatus));
        return Collections.unmodifiableList(actions);
    }

    /** What was said of the incident and its actions, oldest first. */
    List<Heard> heard() {
        Set<String> about = actions.stream().map(ActionEvent::getActionId).collect(Collectors.toSet());
        about.add(incidentId);
        return controls.stream()
                .filter(control -> about.contains(control.getSubject()))
                .sorted(Comparator.comparing(ControlRecord::getAt).thenComparing(ControlRecord::getId))
                .map(control -> Heard.of(control, keys))
                .toList();
    }

    /** By whom, when and why it was revoked, the first time; empty when it was not. */
    Optional<ControlRecord> revocation() {
        return heard().stream()
                .filter(Heard::counts)
                .map(Heard::control)
                .filter(control -> control.getKind() == ControlKind.REVOKE)
                .findFirst();
    }

    /** What the incident taught, or would have taught had it not been revoked. */
    List<Experience> experiences() {
        return Experiences.of(dossier());
    }

    Optional<ActionTrace> trace(String actionId) {
        return dossier().getActions().stream()
                .filter(trace -> trace.getActionId().equals(actionId))
                .findFirst();
    }

    private Dossier dossier() {
        Dossier dossier = Dossiers.empty(incidentId);
        for (Incident version : versions()) {
            dossier = dossiers.with(dossier, version);
        }
        for (ActionEvent event : actions()) {
            dossier = dossiers.with(dossier, event);
        }
        for (Investigation investigation : investigations()) {
            dossier = dossiers.with(dossier, investigation);
        }
        for (Heard heard : heard()) {
            var remark = heard.counts() ? Remarks.of(heard.control()) : Optional.<Remark>empty();
            if (remark.isPresent()) {
                dossier = dossiers.with(dossier, remark.get());
            }
        }
        return dossier;
    }

    /** The lesson of an experience as it stands now. */
    Optional<Lesson> lesson(Experience experience) {
        return Optional.ofNullable(lessons.get(LessonKey.of(experience).toString()));
    }

    /** The trust of an experience as it stands now. */
    Optional<Trust> trust(Experience experience) {
        return Optional.ofNullable(trust.get(TrustKey.of(experience).toString()));
    }

    Optional<Prevention> prevention() {
        return Optional.ofNullable(preventions.get(latest().getFingerprint()));
    }
}
