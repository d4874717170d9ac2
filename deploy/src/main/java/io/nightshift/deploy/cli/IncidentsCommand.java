package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.oversee.domain.night.IncidentFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nightshift incidents}. */
@Command(
        name = "incidents",
        description = "Lists the incidents, the newest last: what it is, whether it would page, what was done.")
public final class IncidentsCommand implements Callable<Integer> {

    @Mixin
    private Home home;

    @Option(names = "--open", description = "Only those that are not over.")
    private boolean open;

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        List<IncidentFile> files = NightReader.read(Client.connect(home)).incidents().stream()
                .filter(file -> file.latest().isPresent())
                .filter(file -> !open || isOpen(file.latest().orElseThrow()))
                .sorted(Comparator.comparing(file -> file.latest().orElseThrow().getOpenedAt()))
                .toList();
        if (json) {
            System.out.println(new ObjectMapper()
                    .writeValueAsString(
                            files.stream().map(IncidentsCommand::fields).toList()));
            return 0;
        }
        Instant now = Instant.now();
        files.forEach(file -> System.out.println(line(file, now)));
        if (files.isEmpty()) {
            System.out.println(open ? "no incident is open" : "no incident");
        }
        return 0;
    }

    private static boolean isOpen(Incident incident) {
        return incident.getPhase() != IncidentPhase.RESOLVED && incident.getMergedInto() == null;
    }

    private static String line(IncidentFile file, Instant now) {
        Incident incident = file.latest().orElseThrow();
        return String.join(
                "  ",
                incident.getId(),
                incident.getPhase().name(),
                incident.getPages() ? "pages" : "quiet",
                Words.age(Duration.between(incident.getOpenedAt(), now)),
                lastAction(file),
                Words.plain(incident.getSentence()));
    }

    private static String lastAction(IncidentFile file) {
        return file.tellingAction().map(Words::action).orElse("nothing done");
    }

    private static Map<String, Object> fields(IncidentFile file) {
        Incident incident = file.latest().orElseThrow();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", incident.getId());
        fields.put("phase", incident.getPhase().name());
        fields.put("pages", incident.getPages());
        fields.put("mergedInto", incident.getMergedInto());
        fields.put("openedAt", incident.getOpenedAt().toString());
        fields.put("services", incident.getServices());
        fields.put("sentence", incident.getSentence());
        fields.put(
                "lastActionStatus",
                file.tellingAction().map(event -> event.getStatus().name()).orElse(null));
        return fields;
    }
}
