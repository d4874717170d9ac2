package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.home.StartException;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.detect.domain.feedback.Concern;
import io.nightshift.detect.domain.feedback.Feedback;
import io.nightshift.detect.domain.feedback.Opinion;
import io.nightshift.events.Anomaly;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.oversee.people.Controls;
import io.nightshift.schemas.ServiceKey;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
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
            arity = "1..2",
            paramLabel = "[ID] VERDICT",
            description = {
                "ID: an anomaly, or an incident for its foremost anomalies; ./nightshift anomalies lists them.",
                "Not with --metric, for what was never told has none.",
                "VERDICT: not-a-problem: less sharply. missed: told too late, too weakly or not at all: more sharply."
            })
    private List<String> words;

    @Option(
            names = "--family",
            description = "Mean the metric of the whole service, on every instance and with any attributes.")
    private boolean family;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "Without an ID: the metric of --service, on every instance and with any attributes.")
    private String metric;

    @Option(names = "--service", paramLabel = "SERVICE", description = "Its service, environment/namespace/service.")
    private String service;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /**
     * What an opinion is about.
     *
     * @param subject of the control record: an anomaly's id, or a name of its own where there is no anomaly
     * @param series what is judged differently from then on
     */
    private record Meant(String subject, String series, String words) {

        static Meant series(Anomaly anomaly) {
            return new Meant(anomaly.getId(), anomaly.getSeries(), words(anomaly));
        }

        static Meant family(Anomaly anomaly) {
            String what = anomaly.getName() + " of " + ServiceKey.of(anomaly.getSubject());
            return new Meant(
                    anomaly.getId(), Concern.of(anomaly).family(), Words.plain(what) + ", as in " + words(anomaly));
        }

        /** Said anew each minute, it counts anew: the threshold goes further down or up. */
        static Meant family(ServiceKey service, String metric, Instant now) {
            String family = Concern.family(service, metric);
            return new Meant(family + "@" + now.getEpochSecond() / 60, family, Words.plain(metric + " of " + service));
        }

        private static String words(Anomaly anomaly) {
            return anomaly.getId() + " (" + Words.plain(anomaly.getSentence()) + ")";
        }
    }

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        String verdict = words.get(words.size() - 1);
        Opinion opinion = Opinion.of(verdict)
                .orElseThrow(() -> new UsageException("'" + verdict + "' is no verdict; say not-a-problem or missed"));
        if (words.size() == 2 ? metric != null || service != null : metric == null || service == null) {
            throw new UsageException("name an ID, or a metric that was never told with --metric and --service");
        }
        ServiceKey of = service == null ? null : ServiceKey.parse(SteerCommands.service(service));
        Client client = Client.connect(home);
        List<Meant> meant = metric == null ? meant(client, words.get(0)) : List.of(meant(client, of));
        Map<String, ControlRecord> before = saidBefore(client);
        List<Map<String, Object>> told = new ArrayList<>();
        try (Controls controls = client.controls()) {
            for (Meant one : meant) {
                told.add(tell(controls, one, opinion, before.get(one.subject() + one.series())));
            }
        }
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("id", metric == null ? words.get(0) : null);
            all.put("verdict", opinion.word());
            all.put("anomalies", told);
            System.out.println(new ObjectMapper().writeValueAsString(all));
        }
        return 0;
    }

    private Map<String, Object> tell(Controls controls, Meant meant, Opinion opinion, ControlRecord before) {
        String earlier = before == null ? null : before.getArguments().get("verdict");
        boolean isNew = !opinion.word().equals(earlier);
        if (isNew) {
            controls.write(new Controls.Decision(
                    ControlKind.FEEDBACK,
                    meant.subject(),
                    null,
                    person.name(),
                    person.reason(),
                    null,
                    Feedback.arguments(meant.series(), opinion),
                    "cli"));
        }
        if (!json) {
            System.out.println(sentence(meant.words(), opinion, before, isNew));
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("anomaly", metric == null ? meant.subject() : null);
        fields.put("series", meant.series());
        fields.put("written", isNew);
        fields.put("replaces", isNew ? earlier : null);
        return fields;
    }

    private static String sentence(String what, Opinion opinion, ControlRecord before, boolean isNew) {
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
    private List<Meant> meant(Client client, String id) throws InterruptedException {
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
        return family ? families(named, id) : named.stream().map(Meant::series).toList();
    }

    /** Each family once: one word about an incident is not to count once for each instance. */
    private static List<Meant> families(List<Anomaly> named, String id) {
        Map<String, Meant> byFamily = new LinkedHashMap<>();
        named.stream()
                .filter(anomaly -> Concern.of(anomaly).family() != null)
                .map(Meant::family)
                .forEach(meant -> byFamily.putIfAbsent(meant.series(), meant));
        if (byFamily.isEmpty()) {
            throw new UsageException(
                    "'" + id + "' has no family: only changes of a metric have one; leave --family out");
        }
        return List.copyOf(byFamily.values());
    }

    /** The metric of a service that was seen; whether it has such a metric is known to nobody but detect. */
    private Meant meant(Client client, ServiceKey of) throws InterruptedException {
        AtomicBoolean isKnown = new AtomicBoolean();
        client.read(List.of(client.topics().topology()), record -> {
            if (ServiceKey.of(((GraphEntry) record).getSubject()).equals(of)) {
                isKnown.set(true);
            }
        });
        if (!isKnown.get()) {
            throw new UsageException("no service '" + of + "' was seen; ./nightshift graph lists them");
        }
        return Meant.family(of, metric, Instant.now());
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
            Feedback.of(control)
                    .filter(said -> ControlSignature.verifyPerson(control, keys))
                    .ifPresent(said -> last.merge(
                            said.anomaly() + said.series(),
                            control,
                            (a, b) -> b.getAt().isBefore(a.getAt()) ? a : b));
        });
        return last;
    }
}
