package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.home.StartException;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.detect.domain.feedback.Feedback;
import io.nightshift.detect.domain.feedback.Opinion;
import io.nightshift.events.Anomaly;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Incident;
import io.nightshift.oversee.people.Controls;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightshift feedback}. */
@Command(
        name = "feedback",
        description =
                "Says what you think of an anomaly: what it is about is judged less or more sharply from then on.")
public final class FeedbackCommand implements Callable<Integer> {

    @Mixin
    private Home home;

    @Mixin
    private Person person;

    @Parameters(
            index = "0",
            paramLabel = "ID",
            description = "An anomaly, or an incident for its foremost anomalies; ./nightshift anomalies lists them.")
    private String id;

    @Parameters(
            index = "1",
            paramLabel = "VERDICT",
            description = "not-a-problem: less sharply. missed: told too late or too weakly, more sharply.")
    private String verdict;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        Opinion opinion = Opinion.of(verdict)
                .orElseThrow(() -> new UsageException("'" + verdict + "' is no verdict; say not-a-problem or missed"));
        Client client = Client.connect(home);
        List<Anomaly> meant = meant(client);
        Map<String, ControlRecord> before = saidBefore(client);
        List<Map<String, Object>> told = new ArrayList<>();
        try (Controls controls = client.controls()) {
            for (Anomaly anomaly : meant) {
                told.add(tell(controls, anomaly, opinion, before.get(anomaly.getId())));
            }
        }
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("id", id);
            all.put("verdict", opinion.word());
            all.put("anomalies", told);
            System.out.println(new ObjectMapper().writeValueAsString(all));
        }
        return 0;
    }

    private Map<String, Object> tell(Controls controls, Anomaly anomaly, Opinion opinion, ControlRecord before) {
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
            System.out.println(sentence(anomaly, opinion, before, isNew));
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("anomaly", anomaly.getId());
        fields.put("series", anomaly.getSeries());
        fields.put("written", isNew);
        fields.put("replaces", isNew ? earlier : null);
        return fields;
    }

    private static String sentence(Anomaly anomaly, Opinion opinion, ControlRecord before, boolean isNew) {
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
    private List<Anomaly> meant(Client client) throws InterruptedException {
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

    /** What trusted people said before, the last word on each anomaly. */
    private static Map<String, ControlRecord> saidBefore(Client client) throws InterruptedException {
        TrustedKeys keys;
        try {
            client.installation().operatorKey();
            keys = TrustedKeys.read(client.installation().trustedKeys());
        } catch (IOException e) {
            throw new StartException("the trusted keys can't be read: " + e.getMessage(), e);
        }
        Map<String, ControlRecord> last = new HashMap<>();
        client.read(List.of(client.topics().controls()), record -> {
            ControlRecord control = (ControlRecord) record;
            if (Feedback.of(control).isPresent() && ControlSignature.verifyPerson(control, keys)) {
                last.merge(control.getSubject(), control, (a, b) -> b.getAt().isBefore(a.getAt()) ? a : b);
            }
        });
        return last;
    }
}
