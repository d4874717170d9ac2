package io.nightshift.deploy.cli;

import io.nightshift.deploy.home.UsageException;
import io.nightshift.events.ActionKind;
import io.nightshift.events.Anomaly;
import io.nightshift.events.Attribution;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Incident;
import io.nightshift.learn.domain.IncidentVerdict;
import io.nightshift.learn.domain.Remarks;
import io.nightshift.oversee.people.Controls;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a person thinks of an incident and of what was done about it: a signed word to learning. */
record IncidentFeedback(
        Client client,
        Person person,
        String id,
        IncidentVerdict verdict,
        ActionKind did,
        Attribution because,
        boolean drill,
        boolean json) {

    Map<String, Object> tell() throws InterruptedException {
        refuseUnlessAnIncident();
        Map<String, String> arguments = Remarks.arguments(verdict, did, because, drill);
        ControlRecord before =
                client.lastWords(control -> Remarks.of(control).isPresent()).get(id);
        boolean isNew = before == null || !before.getArguments().equals(arguments);
        if (isNew) {
            try (Controls controls = client.controls()) {
                controls.write(new Controls.Decision(
                        ControlKind.FEEDBACK, id, null, person.name(), person.reason(), null, arguments, "cli"));
            }
        }
        if (!json) {
            System.out.println(sentence(before, isNew));
        }
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", id);
        told.put("verdict", verdict.word());
        told.put("written", isNew);
        told.put("replaces", isNew && before != null ? before.getArguments().get("verdict") : null);
        return told;
    }

    private String sentence(ControlRecord before, boolean isNew) {
        String earlier = before == null
                ? ""
                : "'" + Words.plain(before.getArguments().get("verdict")) + "', said by "
                        + Words.plain(before.getActor()) + " at " + before.getAt();
        if (!isNew) {
            return "nothing changes: " + earlier + ", stands already for " + id;
        }
        return (before == null
                        ? "noted: '" + verdict.word() + "' for "
                        : "'" + verdict.word() + "' replaces " + earlier + " for ")
                + id + "; ./nightshift review " + id + " shows what it teaches";
    }

    private void refuseUnlessAnIncident() throws InterruptedException {
        Set<String> found = new HashSet<>();
        client.read(List.of(client.topics().anomalies(), client.topics().incidents()), record -> {
            if (record instanceof Incident incident && incident.getId().equals(id)) {
                found.add("incident");
            } else if (record instanceof Anomaly anomaly && anomaly.getId().equals(id)) {
                found.add("anomaly");
            }
        });
        if (found.contains("anomaly")) {
            throw new UsageException("'" + verdict.word() + "' is said of an incident; of the anomaly '" + id
                    + "' say not-a-problem or missed");
        }
        if (found.isEmpty()) {
            throw new UsageException("there is no incident '" + id + "'; ./nightshift incidents lists them");
        }
    }
}
