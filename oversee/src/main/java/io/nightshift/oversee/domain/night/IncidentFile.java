package io.nightshift.oversee.domain.night;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.Lesson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** All that is known of one incident: its versions, investigations, what was done, and what was learned. Bounded. */
public final class IncidentFile {

    private static final int MOST_RECORDS = 200;

    private final String id;
    private Incident first;
    private Incident latest;
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
        if (first == null) {
            first = incident;
        }
        if (latest == null || incident.getVersion() >= latest.getVersion()) {
            latest = incident;
        }
    }

    void add(Investigation investigation) {
        addBounded(investigations, investigation);
    }

    void add(ActionEvent event) {
        boolean known = actions.stream().anyMatch(past -> past.getId().equals(event.getId()));
        if (!known) {
            addBounded(actions, event);
        }
    }

    void add(Lesson lesson) {
        addBounded(lessons, lesson);
    }

    /** Keeps the first half and the newest: how it began and how it stands matter most. */
    private static <T> void addBounded(List<T> list, T item) {
        if (list.size() == MOST_RECORDS) {
            list.remove(MOST_RECORDS / 2);
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

    public List<Investigation> investigations() {
        return Collections.unmodifiableList(investigations);
    }

    public Optional<Investigation> lastInvestigation() {
        return investigations.isEmpty() ? Optional.empty() : Optional.of(investigations.get(investigations.size() - 1));
    }

    public List<ActionEvent> actions() {
        return Collections.unmodifiableList(actions);
    }

    public List<Lesson> lessons() {
        return Collections.unmodifiableList(lessons);
    }
}
