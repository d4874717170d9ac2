package io.nightshift.deploy.demo;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.events.Lesson;
import io.nightshift.events.LessonOutcome;
import io.nightshift.learn.domain.LessonKey;
import io.nightshift.oversee.domain.night.IncidentFile;
import io.nightshift.oversee.domain.night.Night;
import io.nightshift.oversee.domain.story.StoryLine;
import io.nightshift.oversee.domain.story.StoryTeller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees the decision records as any consumer would, tells them to the narrator, and remembers what the report needs. It knows
 * nothing that is not in the topics.
 */
public final class Witness {

    private static final Logger LOG = LoggerFactory.getLogger(Witness.class);

    private static final Set<ActionStatus> UNDER_WAY = EnumSet.of(
            ActionStatus.PROPOSED,
            ActionStatus.ALLOWED,
            ActionStatus.STARTED,
            ActionStatus.SUCCEEDED,
            ActionStatus.IN_DOUBT,
            ActionStatus.RECOVERED,
            ActionStatus.NOT_RECOVERED,
            ActionStatus.UNDOING);

    private static final Set<IncidentPhase> ENDED = EnumSet.of(IncidentPhase.RESOLVED, IncidentPhase.MERGED);

    /** The stages' time follows the records, and stands so far behind the clock of the wall at most. */
    private static final Duration BEHIND = Duration.ofSeconds(3);

    private final Narrator narrator;
    private final StoryTeller teller = new StoryTeller();
    private final Night night = new Night(500);
    private final List<Anomaly> opened = new ArrayList<>();
    private final List<ActionEvent> events = new ArrayList<>();
    private final Map<String, Incident> paging = new LinkedHashMap<>();
    private Instant since = Instant.MAX;
    private long decidedAt = System.nanoTime();

    public Witness(Narrator narrator) {
        this.narrator = narrator;
    }

    /** Takes a record of any decision topic, and anomalies. */
    public synchronized void accept(Object record) {
        List<StoryLine> lines = List.of();
        if (record instanceof Anomaly anomaly) {
            if (anomaly.getPhase() == AnomalyPhase.OPEN) {
                opened.add(anomaly);
            }
            log(anomaly);
            lines = teller.tell(anomaly);
        } else if (record instanceof Incident incident) {
            night.accept(incident);
            if (incident.getPages()) {
                paging.putIfAbsent(incident.getId(), incident);
            }
            if (incident.getPhase() == IncidentPhase.MERGED) {
                paging.remove(incident.getId());
            }
            lines = teller.tell(incident);
        } else if (record instanceof Investigation investigation) {
            night.accept(investigation);
            lines = teller.tell(investigation);
        } else if (record instanceof ActionEvent event) {
            night.accept(event);
            events.add(event);
            lines = teller.tell(event);
        } else if (record instanceof Lesson lesson) {
            night.accept(lesson);
            lines = teller.tell(lesson);
        }
        if (!(record instanceof Anomaly) && !(record instanceof Incident)) {
            decidedAt = System.nanoTime();
        }
        lines.forEach(narrator::tell);
        notifyAll();
    }

    /** The terminal is told of signs in short: here stands each. */
    private static void log(Anomaly anomaly) {
        StoryLine line = StoryLine.of(anomaly.getUpdatedAt(), "detect", StoryLine.Weight.DETAIL, anomaly.getSentence());
        LOG.info("{} {}: {}", anomaly.getPhase(), anomaly.getId(), line.text());
    }

    /** The fault begins now; what was seen before does not count as its detection. */
    public synchronized void faultAt(Instant at) {
        since = at;
    }

    /** Waits until the condition holds for what was seen; false when it did not within the limit. */
    public synchronized boolean await(Predicate<Witness> condition, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.test(this)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(Math.min(left, 500));
        }
        return true;
    }

    /** When the first anomaly after the fault was opened that belongs to an incident that pages. */
    public synchronized Optional<Instant> detectedAt() {
        Set<String> members = new HashSet<>();
        for (String id : paging.keySet()) {
            night.incident(id).flatMap(IncidentFile::latest).ifPresent(incident -> {
                incident.getAnomalies().forEach(anomaly -> members.add(anomaly.getId()));
                incident.getMembers().forEach(member -> members.add(member.getId()));
            });
        }
        return opened.stream()
                .filter(anomaly -> members.contains(anomaly.getId()))
                .map(Anomaly::getDetectedAt)
                .filter(at -> at.isAfter(since.minus(BEHIND)))
                .min(Instant::compareTo)
                .map(at -> at.isBefore(since) ? since : at);
    }

    /** Every anomaly since the start, in the order in which they were found. */
    public synchronized List<Anomaly> opened() {
        return List.copyOf(opened);
    }

    /** Incidents that would page and were not merged into another, in order. */
    public synchronized List<Incident> paging() {
        return List.copyOf(paging.values());
    }

    /** Events with this status, in order. */
    public synchronized List<ActionEvent> with(ActionStatus status) {
        return events.stream().filter(event -> event.getStatus() == status).toList();
    }

    /** The last event of each action that was begun, in the order in which they were: what was refused had no effect. */
    public synchronized List<ActionEvent> begun() {
        Map<String, ActionEvent> latest = new LinkedHashMap<>();
        with(ActionStatus.STARTED).forEach(event -> latest.putIfAbsent(event.getActionId(), event));
        events.stream()
                .filter(event -> latest.containsKey(event.getActionId()))
                .forEach(event -> latest.merge(event.getActionId(), event, Witness::later));
        return List.copyOf(latest.values());
    }

    /** What was learned so far, newest version of each lesson by its key. */
    public synchronized Map<String, Lesson> learned() {
        Map<String, Lesson> newest = new LinkedHashMap<>();
        night.incidents().stream()
                .flatMap(file -> file.lessons().stream())
                .sorted(Comparator.comparing(Lesson::getUpdatedAt))
                .forEach(lesson -> newest.put(LessonKey.of(lesson).toString(), lesson));
        return newest;
    }

    /** Whether every incident has ended, nothing was decided for so long, and no action is under way. */
    public synchronized boolean isOver(Duration howLong) {
        return night.incidents().stream()
                        .flatMap(file -> file.latest().stream())
                        .map(Incident::getPhase)
                        .allMatch(ENDED::contains)
                && nothingSince(howLong);
    }

    private boolean nothingSince(Duration howLong) {
        return System.nanoTime() - decidedAt > howLong.toNanos()
                && latest().stream().map(ActionEvent::getStatus).noneMatch(UNDER_WAY::contains);
    }

    /** Actions that a lesson was drawn from. */
    public synchronized long lessons() {
        return night.incidents().stream()
                .flatMap(file -> file.lessons().stream())
                .flatMap(lesson -> lesson.getLatest().stream())
                .map(LessonOutcome::getActionId)
                .distinct()
                .count();
    }

    /** Whether something was investigated, nothing was decided since for so long, and no action is under way. */
    public synchronized boolean isQuiet(Duration howLong) {
        return night.incidents().stream()
                        .anyMatch(file -> !file.investigations().isEmpty())
                && nothingSince(howLong);
    }

    private Collection<ActionEvent> latest() {
        Map<String, ActionEvent> latest = new LinkedHashMap<>();
        events.forEach(event -> latest.merge(event.getActionId(), event, Witness::later));
        return latest.values();
    }

    /** Actions that ended with a person: escalated, or a question that nobody answered. */
    public synchronized List<ActionEvent> leftToPeople() {
        return latest().stream()
                .filter(event ->
                        event.getStatus() == ActionStatus.ESCALATED || event.getStatus() == ActionStatus.EXPIRED)
                .toList();
    }

    /** Admission and executor write to the same partition in their own time: what happened later counts, not what arrived later. */
    private static ActionEvent later(ActionEvent known, ActionEvent next) {
        return next.getAt().isBefore(known.getAt()) ? known : next;
    }

    /** The investigation that an action rests on. */
    public synchronized Optional<Investigation> investigation(String id) {
        return night.incidents().stream()
                .flatMap(file -> file.investigations().stream())
                .filter(investigation -> investigation.getId().equals(id))
                .findFirst();
    }

    public synchronized Optional<IncidentFile> incident(String id) {
        return night.incident(id);
    }

    public synchronized List<IncidentFile> incidents() {
        return List.copyOf(night.incidents());
    }
}
