package io.nightshift.oversee.domain.night;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.Lesson;
import io.nightshift.schemas.Question;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that is known of one incident: its versions, investigations, what was done, and what was learned. Bounded. */
public final class IncidentFile {

    private static final int MOST_RECORDS = 200;
    /** Investigations and versions of the incident may be 256 KiB each. */
    private static final int MOST_LARGE_RECORDS = 16;

    private final String id;
    private Incident first;
    private Incident latest;
    private ControlRecord revocation;
    private final List<Incident> versions = new ArrayList<>();
    private final List<Investigation> investigations = new ArrayList<>();
    private final List<ActionEvent> actions = new ArrayList<>();
    private final List<Lesson> lessons = new ArrayList<>();

    public IncidentFile(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    void add(Incident incident) {
        if (versions.stream().anyMatch(past -> past.getVersion() == incident.getVersion())) {
            return;
        }
        if (tellsMore(incident)) {
            addBounded(versions, incident, MOST_LARGE_RECORDS);
        }
        if (first == null) {
            first = incident;
        }
        if (latest == null || incident.getVersion() >= latest.getVersion()) {
            latest = incident;
        }
    }

    /** Versions that read like the one before are not kept: an open incident is updated every few seconds. */
    private boolean tellsMore(Incident incident) {
        if (versions.isEmpty()) {
            return true;
        }
        Incident last = versions.get(versions.size() - 1);
        return last.getPhase() != incident.getPhase()
                || last.getPages() != incident.getPages()
                || !last.getSentence().equals(incident.getSentence());
    }

    void add(Investigation investigation) {
        boolean known = investigations.stream().anyMatch(past -> past.getId().equals(investigation.getId()));
        if (!known) {
            addBounded(investigations, investigation, MOST_LARGE_RECORDS);
        }
    }

    void add(ActionEvent event) {
        boolean known = actions.stream().anyMatch(past -> past.getId().equals(event.getId()));
        if (!known) {
            addBounded(actions, event, MOST_RECORDS);
        }
    }

    void add(Lesson lesson) {
        if (!lessons.contains(lesson)) {
            addBounded(lessons, lesson, MOST_RECORDS);
        }
    }

    /** The first one counts; what was revoked stays so. */
    void add(ControlRecord revoked) {
        if (revocation == null || revoked.getAt().isBefore(revocation.getAt())) {
            revocation = revoked;
        }
    }

    /** Keeps the first half and the newest: how it began and how it stands matter most. */
    private static <T> void addBounded(List<T> list, T item, int most) {
        if (list.size() == most) {
            list.remove(most / 2);
        }
        list.add(item);
    }

    /** The first version; empty when only later stages were seen. */
    public Optional<Incident> first() {
        return Optional.ofNullable(first);
    }

    public Optional<Incident> latest() {
        return Optional.ofNullable(latest);
    }

    /** By whom, when and why it was unlearned; empty when it was not. */
    public Optional<ControlRecord> revocation() {
        return Optional.ofNullable(revocation);
    }

    /** The versions that said something new, in the order in which they came. */
    public List<Incident> versions() {
        return Collections.unmodifiableList(versions);
    }

    public List<Investigation> investigations() {
        return Collections.unmodifiableList(investigations);
    }

    /**
     * The answer that counts: the one that the telling action stands on; without an action the last. An investigation made
     * after a repair sees what is left of the fault, and says nothing of why it was repaired; nor does the answer to a
     * question that was asked when the incident was over.
     */
    public Optional<Investigation> answer() {
        return tellingAction()
                .map(ActionEvent::getInvestigationId)
                .flatMap(actedUpon -> investigations.stream()
                        .filter(investigation -> investigation.getId().equals(actedUpon))
                        .findFirst())
                .or(this::lastInvestigation);
    }

    /**
     * The last event of the action that tells how the incident stands: the newest, but what was refused or withdrawn after a
     * repair had been seen to work does not hide that it works.
     */
    public Optional<ActionEvent> tellingAction() {
        Set<String> nothingDone = new HashSet<>();
        for (int i = actions.size() - 1; i >= 0; i--) {
            ActionEvent event = actions.get(i);
            if (event.getStatus() == ActionStatus.DENIED || event.getStatus() == ActionStatus.WITHDRAWN) {
                nothingDone.add(event.getActionId());
            } else if (!nothingDone.contains(event.getActionId())) {
                boolean works = event.getStatus() == ActionStatus.RECOVERED || event.getStatus() == ActionStatus.HELD;
                return Optional.of(works ? event : actions.get(actions.size() - 1));
            }
        }
        return actions.isEmpty() ? Optional.empty() : Optional.of(actions.get(actions.size() - 1));
    }

    private Optional<Investigation> lastInvestigation() {
        return investigations.stream()
                .filter(investigation -> investigation.getIncidentVersion() > 0)
                .reduce((earlier, later) -> later)
                .or(() -> investigations.stream().reduce((earlier, later) -> later));
    }

    /** A question about this incident: where and when to look, should it be over by then. Empty when no version was seen. */
    public Optional<Question> question(String text) {
        return latest().map(incident -> new Question(
                text,
                incident.getEnvironment(),
                incident.getServices(),
                incident.getOnset(),
                incident.getResolvedAt()));
    }

    public List<ActionEvent> actions() {
        return Collections.unmodifiableList(actions);
    }

    public List<Lesson> lessons() {
        return Collections.unmodifiableList(lessons);
    }
}
