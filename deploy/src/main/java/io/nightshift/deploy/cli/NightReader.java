package io.nightshift.deploy.cli;

import io.nightshift.deploy.home.UsageException;
import io.nightshift.events.ActionEvent;
import io.nightshift.events.ControlKind;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.Lesson;
import io.nightshift.oversee.domain.night.IncidentFile;
import io.nightshift.oversee.domain.night.Night;
import io.nightshift.schemas.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the decision topics tell now. */
final class NightReader {

    private static final int MOST_INCIDENTS = 1_000;

    private NightReader() {}

    /** Every incident with all that belongs to it. */
    static Night read(Client client) throws InterruptedException {
        Night night = new Night(MOST_INCIDENTS);
        Topics topics = client.topics();
        client.read(
                List.of(topics.incidents(), topics.investigations(), topics.actions(), topics.lessons()), record -> {
                    if (record instanceof Incident incident) {
                        night.accept(incident);
                    } else if (record instanceof Investigation investigation) {
                        night.accept(investigation);
                    } else if (record instanceof ActionEvent event) {
                        night.accept(event);
                    } else if (record instanceof Lesson lesson) {
                        night.accept(lesson);
                    }
                });
        return night;
    }

    /** The last word on each action, oldest first; of an emergency too, of which the executor says nothing. */
    static List<ActionEvent> actions(Client client) throws InterruptedException {
        Map<String, ActionEvent> latest = new LinkedHashMap<>();
        client.read(List.of(client.topics().actions()), record -> {
            ActionEvent event = (ActionEvent) record;
            ActionEvent before = latest.get(event.getActionId());
            boolean kept = before != null && before.getEmergency() != null && event.getEmergency() == null;
            latest.put(
                    event.getActionId(),
                    kept
                            ? ActionEvent.newBuilder(event)
                                    .setEmergency(before.getEmergency())
                                    .build()
                            : event);
        });
        return List.copyOf(latest.values());
    }

    /** @throws UsageException when nobody ever heard of it; the message says where to look */
    static IncidentFile incident(Client client, String id) throws InterruptedException {
        Night night = read(client);
        Optional.ofNullable(client.lastWords(control -> control.getKind() == ControlKind.REVOKE)
                        .get(id))
                .ifPresent(night::accept);
        return night.incident(id)
                .filter(file -> file.latest().isPresent())
                .orElseThrow(() ->
                        new UsageException("there is no incident '" + id + "'; ./nightshift incidents lists them"));
    }
}
