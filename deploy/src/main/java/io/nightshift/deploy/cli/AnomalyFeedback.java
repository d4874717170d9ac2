package io.nightshift.deploy.cli;

import io.nightshift.deploy.home.StartException;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.detect.domain.feedback.Feedback;
import io.nightshift.detect.domain.feedback.Opinion;
import io.nightshift.events.Anomaly;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Incident;
import io.nightshift.oversee.people.Controls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a person thinks of an anomaly, or of an incident's foremost ones: a signed word to detection about each. */
record AnomalyFeedback(Client client, Person person, String id, Opinion opinion, boolean json) {

    Map<String, Object> tell() throws InterruptedException {
        List<Anomaly> meant = meant();
        Map<String, ControlRecord> before =
                client.lastWords(control -> Feedback.of(control).isPresent());
        List<Map<String, Object>> told = new ArrayList<>();
        try (Controls controls = client.controls()) {
            for (Anomaly anomaly : meant) {
                told.add(tell(controls, anomaly, before.get(anomaly.getId())));
            }
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", id);
        all.put("verdict", opinion.word());
        all.put("anomalies", told);
        return all;
    }

    private Map<String, Object> tell(Controls controls, Anomaly anomaly, ControlRecord before) {
        String earlier = before == null ? null : before.getArguments().get("verdict");
        boolean isNew = !opinion.word().equals(earlier);
        if (isNew) {
            controls.write(new Controls.Decision(
                    ControlKind.FEEDBACK,
                    anomaly.getId(),
                    null,
                    person.name(),
                    person.reason(),
                    null,
                    Feedback.arguments(anomaly.getSeries(), opinion),
                    "cli"));
        }
        if (!json) {
            System.out.println(sentence(anomaly, before, isNew));
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("anomaly", anomaly.getId());
        fields.put("series", anomaly.getSeries());
        fields.put("written", isNew);
        fields.put("replaces", isNew ? earlier : null);
        return fields;
    }

    private String sentence(Anomaly anomaly, ControlRecord before, boolean isNew) {
        String what = anomaly.getId() + " (" + Words.plain(anomaly.getSentence()) + ")";
        String earlier = before == null
                ? ""
                : "'" + before.getArguments().get("verdict") + "', said by " + Words.plain(before.getActor()) + " at "
                        + before.getAt();
        if (!isNew) {
            return "nothing changes: " + earlier + ", stands already for " + what;
        }
        return (before == null ? "noted: '" + opinion.word() + "'" : "'" + opinion.word() + "' replaces " + earlier)
                + " for " + what;
    }

    /** The anomaly of this id, or the foremost ones of the incident. */
    private List<Anomaly> meant() throws InterruptedException {
        Map<String, List<Anomaly>> found = new HashMap<>();
        client.read(List.of(client.topics().anomalies(), client.topics().incidents()), record -> {
            if (record instanceof Anomaly anomaly && anomaly.getId().equals(id)) {
                found.put(id, List.of(anomaly));
            } else if (record instanceof Incident incident && incident.getId().equals(id)) {
                found.put(id, incident.getAnomalies());
            }
        });
        if (!found.containsKey(id)) {
            throw new UsageException("there is no anomaly or incident '" + id
                    + "'; ./nightshift anomalies and ./nightshift incidents list them");
        }
        List<Anomaly> named = found.get(id).stream()
                .filter(anomaly -> !anomaly.getSeries().isEmpty())
                .toList();
        if (named.isEmpty()) {
            throw new StartException(
                    "'" + id + "' does not say which series it is about: it was written by an older release");
        }
        return named;
    }
}
