package io.nightshift.deploy.cli;

import io.nightshift.detect.domain.feedback.Feedback;
import io.nightshift.detect.domain.feedback.Opinion;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.oversee.people.Controls;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person thinks of an anomaly, of an incident's foremost ones or of a metric: a signed word to detection about each.
 *
 * @param id anomaly or incident; null for a metric of which nothing was told
 */
record AnomalyFeedback(Client client, Person person, String id, List<Meant> meant, Opinion opinion, boolean json) {

    Map<String, Object> tell() throws InterruptedException {
        Map<String, ControlRecord> before = client.lastWordsBy(AnomalyFeedback::key);
        List<Map<String, Object>> told = new ArrayList<>();
        try (Controls controls = client.controls()) {
            for (Meant one : meant) {
                told.add(tell(controls, one, before.get(key(one.subject(), one.series()))));
            }
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", id);
        all.put("verdict", opinion.word());
        all.put("anomalies", told);
        return all;
    }

    private Map<String, Object> tell(Controls controls, Meant one, ControlRecord before) {
        String earlier = before == null ? null : before.getArguments().get("verdict");
        boolean isNew = !opinion.word().equals(earlier);
        if (isNew) {
            controls.write(new Controls.Decision(
                    ControlKind.FEEDBACK,
                    one.subject(),
                    null,
                    person.name(),
                    person.reason(),
                    null,
                    Feedback.arguments(one.series(), opinion),
                    "cli"));
        }
        if (!json) {
            System.out.println(sentence(one.words(), before, isNew));
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("anomaly", id == null ? null : one.subject());
        fields.put("series", one.series());
        fields.put("written", isNew);
        fields.put("replaces", isNew ? earlier : null);
        return fields;
    }

    private String sentence(String what, ControlRecord before, boolean isNew) {
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

    /** One person's words on a series and on its family stand beside each other. */
    private static String key(String subject, String series) {
        return subject + series;
    }

    private static Optional<String> key(ControlRecord control) {
        return Feedback.of(control).map(said -> key(said.anomaly(), said.series()));
    }
}
