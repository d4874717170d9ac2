package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.events.ServiceRollup;
import io.nightshift.oversee.domain.view.CoverageView;
import io.nightshift.oversee.domain.view.CoverageWatch;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightshift coverage}. */
@Command(
        name = "coverage",
        description = {
            "Tells how much of each service's metrics is judged. A new series is silent until 100 points of it were seen, must",
            "convince more in its first day, and knows its hours of day once it saw eight points of each."
        })
public final class CoverageCommand implements Callable<Integer> {

    @Mixin
    private Home home;

    @Parameters(
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "Only this one, environment/namespace/service or its last part. Default: all.")
    private String service;

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        Client client = Client.connect(home);
        Instant now = Instant.now();
        CoverageWatch watch = new CoverageWatch();
        client.read(
                List.of(client.topics().rollups()),
                now.minus(CoverageWatch.SHOWN),
                record -> watch.accept((ServiceRollup) record));
        List<CoverageView> all = watch.at(now);
        List<CoverageView> meant = all.stream().filter(this::isMeant).toList();
        if (service != null && meant.isEmpty()) {
            throw new UsageException("no service '" + service + "' sent metrics in the last "
                    + CoverageWatch.SHOWN.toMinutes() + " minutes; there is "
                    + (all.isEmpty()
                            ? "none that did"
                            : all.stream().map(CoverageView::service).collect(Collectors.joining(", "))));
        }
        if (json) {
            System.out.println(new ObjectMapper()
                    .writeValueAsString(
                            meant.stream().map(CoverageCommand::fields).toList()));
            return 0;
        }
        meant.forEach(one -> System.out.println(Words.plain(one.service()) + "  " + one.words()));
        if (meant.isEmpty()) {
            System.out.println("no service sent metrics in the last " + CoverageWatch.SHOWN.toMinutes() + " minutes");
        }
        return 0;
    }

    private boolean isMeant(CoverageView one) {
        return service == null || one.service().equals(service) || one.service().endsWith("/" + service);
    }

    private static Map<String, Object> fields(CoverageView one) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("service", one.service());
        fields.put("at", Instant.ofEpochMilli(one.at()).toString());
        fields.put("series", one.series());
        fields.put("judged", one.judged());
        fields.put("learning", one.learning());
        fields.put("seasonal", one.seasonal());
        fields.put("silent", one.silent());
        fields.put("silentPoints", one.silentPoints());
        fields.put("silentSeconds", one.silentSeconds());
        fields.put("refused", one.refused());
        return fields;
    }
}
