package io.nightshift.deploy.cli;

import io.nightshift.deploy.home.StartException;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.detect.domain.feedback.Concern;
import io.nightshift.events.Anomaly;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What an opinion is about.
 *
 * @param subject of the control record: an anomaly's id, or a name of its own where there is no anomaly
 * @param series what is judged differently from then on
 */
record Meant(String subject, String series, String words) {

    private static Meant series(Anomaly anomaly) {
        return new Meant(anomaly.getId(), anomaly.getSeries(), words(anomaly));
    }

    private static Meant family(Anomaly anomaly) {
        String what = anomaly.getName() + " of " + ServiceKey.of(anomaly.getSubject());
        return new Meant(
                anomaly.getId(), Concern.of(anomaly).family(), Words.plain(what) + ", as in " + words(anomaly));
    }

    /** Said anew each minute, it counts anew: the threshold goes further down or up. */
    private static Meant family(ServiceKey service, String metric, Instant now) {
        String family = Concern.family(service, metric);
        return new Meant(family + "@" + now.getEpochSecond() / 60, family, Words.plain(metric + " of " + service));
    }

    private static String words(Anomaly anomaly) {
        return anomaly.getId() + " (" + Words.plain(anomaly.getSentence()) + ")";
    }

    /** The anomaly of this id, or the foremost ones of the incident; or the family of each. */
    static List<Meant> of(Client client, String id, boolean family) throws InterruptedException {
        List<Anomaly> named = named(client, id);
        return family ? families(named, id) : named.stream().map(Meant::series).toList();
    }

    private static List<Anomaly> named(Client client, String id) throws InterruptedException {
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
    static Meant of(Client client, ServiceKey of, String metric) throws InterruptedException {
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
}
