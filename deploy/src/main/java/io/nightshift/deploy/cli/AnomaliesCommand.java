package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.schemas.ServiceKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nightshift anomalies}. */
@Command(name = "anomalies", description = "Lists what was found unusual, the newest last.")
public final class AnomaliesCommand implements Callable<Integer> {

    @Mixin
    private Home home;

    @Option(names = "--open", description = "Only those that are not over.")
    private boolean open;

    @Option(names = "--last", defaultValue = "50", description = "At most so many. Default: ${DEFAULT-VALUE}.")
    private int last;

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        if (last < 1) {
            throw new UsageException("--last is 1 or more, not " + last);
        }
        Client client = Client.connect(home);
        Map<String, Anomaly> latest = new HashMap<>();
        client.read(List.of(client.topics().anomalies()), record -> {
            Anomaly anomaly = (Anomaly) record;
            latest.put(anomaly.getId(), anomaly);
        });
        List<Anomaly> all = latest.values().stream()
                .filter(anomaly -> !open || anomaly.getPhase() != AnomalyPhase.CLEAR)
                .sorted(Comparator.comparing(Anomaly::getDetectedAt).thenComparing(Anomaly::getId))
                .toList();
        List<Anomaly> newest = all.subList(Math.max(0, all.size() - last), all.size());
        if (json) {
            System.out.println(new ObjectMapper()
                    .writeValueAsString(
                            newest.stream().map(AnomaliesCommand::fields).toList()));
            return 0;
        }
        newest.forEach(anomaly -> System.out.println(line(anomaly)));
        if (newest.isEmpty()) {
            System.out.println(open ? "no anomaly is open" : "no anomaly");
        }
        return 0;
    }

    private static String line(Anomaly anomaly) {
        return String.join(
                "  ",
                anomaly.getId(),
                anomaly.getPhase().name(),
                anomaly.getKind().name(),
                String.format(Locale.ROOT, "%.1f", anomaly.getSeverity()),
                anomaly.getOnset().toString(),
                Words.plain(anomaly.getSentence()));
    }

    private static Map<String, Object> fields(Anomaly anomaly) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", anomaly.getId());
        fields.put("series", anomaly.getSeries());
        fields.put("phase", anomaly.getPhase().name());
        fields.put("kind", anomaly.getKind().name());
        fields.put("service", ServiceKey.of(anomaly.getSubject()).toString());
        fields.put("instance", anomaly.getSubject().getInstance());
        fields.put("peer", anomaly.getSubject().getPeer());
        fields.put("name", anomaly.getName());
        fields.put("severity", anomaly.getSeverity());
        fields.put("onset", anomaly.getOnset().toString());
        fields.put(
                "clearedAt",
                anomaly.getClearedAt() == null ? null : anomaly.getClearedAt().toString());
        fields.put("sentence", anomaly.getSentence());
        return fields;
    }
}
