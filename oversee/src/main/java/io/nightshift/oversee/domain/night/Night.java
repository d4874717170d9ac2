package io.nightshift.oversee.domain.night;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.events.Lesson;
import io.nightshift.schemas.Question;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What happened, by incident, put together from the decision records in whatever order they arrive. Not thread-safe. */
public final class Night {

    private final int mostIncidents;
    private final Map<String, IncidentFile> files = new LinkedHashMap<>();

    /** @param mostIncidents incidents kept; those that are over leave first, the oldest of them before the others */
    public Night(int mostIncidents) {
        this.mostIncidents = mostIncidents;
    }

    public void accept(Incident incident) {
        file(incident.getId()).add(incident);
    }

    public void accept(Investigation investigation) {
        file(investigation.getIncidentId()).add(investigation);
    }

    public void accept(ActionEvent event) {
        file(event.getIncidentId()).add(event);
    }

    /** A lesson belongs to the incident of its latest outcome. */
    public void accept(Lesson lesson) {
        if (!lesson.getLatest().isEmpty()) {
            file(lesson.getLatest().get(0).getIncidentId()).add(lesson);
        }
    }

    /** @param revoked a trusted person's word that nothing is to be learned from an incident */
    public void accept(ControlRecord revoked) {
        file(revoked.getSubject()).add(revoked);
    }

    public Optional<IncidentFile> incident(String id) {
        return Optional.ofNullable(files.get(id));
    }

    /** In the order in which they were first heard of; questions that are about no incident are not among them. */
    public Collection<IncidentFile> incidents() {
        return files.values().stream().filter(file -> !Question.isId(file.id())).toList();
    }

    /** Questions that are about no incident, each with its answers; in the order in which they were first answered. */
    public Collection<IncidentFile> questions() {
        return files.values().stream().filter(file -> Question.isId(file.id())).toList();
    }

    /** The investigation of this id, whatever it is about. */
    public Optional<Investigation> investigation(String id) {
        return files.values().stream()
                .flatMap(file -> file.investigations().stream())
                .filter(investigation -> investigation.getId().equals(id))
                .findFirst();
    }

    private IncidentFile file(String id) {
        IncidentFile file = files.computeIfAbsent(id, IncidentFile::new);
        if (files.size() > mostIncidents) {
            files.remove(leastMissed(id));
        }
        return file;
    }

    /** An open incident must not vanish because many others came and went after it. */
    private String leastMissed(String newest) {
        return files.values().stream()
                .filter(file -> !file.id().equals(newest) && isOver(file))
                .map(IncidentFile::id)
                .findFirst()
                .orElseGet(() -> files.keySet().iterator().next());
    }

    private static boolean isOver(IncidentFile file) {
        return Question.isId(file.id())
                || file.latest()
                        .map(Incident::getPhase)
                        .filter(phase -> phase == IncidentPhase.RESOLVED || phase == IncidentPhase.MERGED)
                        .isPresent();
    }
}
