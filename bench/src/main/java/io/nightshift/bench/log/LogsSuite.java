package io.nightshift.bench.log;

import io.nightshift.bench.DataException;
import io.nightshift.bench.Figures;
import io.nightshift.bench.Suite;
import io.nightshift.detect.domain.log.LogMiner;
import io.nightshift.detect.domain.log.LogTemplate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightshift eval logs}: the production miner of log templates on labelled logs. */
@Command(
        name = "logs",
        description = {
            "Scores the mining of log templates on Loghub-2k, or on a folder of yours laid out like it:",
            "files <system>_2k.log_structured[_corrected].csv[.gz] with the columns Content and EventTemplate.",
            "Each system is streamed once through the miner with the one configuration there is.",
            "ga, fga, pa and fta judge the groups after the last line, ga_arrival those that lines were given on arrival;",
            "ga_drain is a plain Drain with one configuration for all systems."
        })
public final class LogsSuite extends Suite {

    @Option(
            names = "--check",
            description = "Check the scorer too: Drain with its published settings beside its published accuracy.")
    private boolean check;

    @Override
    protected Figures score(Path folder) throws IOException {
        Map<String, List<Double>> values = new TreeMap<>();
        Figures systems = new Figures();
        for (LabelledLog log : LabelledLog.readAll(folder)) {
            Figures ofSystem = new Figures();
            measure(log).forEach((name, value) -> {
                ofSystem.put(name, value);
                values.computeIfAbsent(name, k -> new ArrayList<>()).add(value);
            });
            systems.put(log.system(), ofSystem);
        }
        Figures figures = new Figures();
        for (String name : List.of("ga", "fga", "pa", "fta", "ga_arrival", "ga_drain")) {
            figures.put(
                    name,
                    values.get(name).stream()
                            .mapToDouble(Double::doubleValue)
                            .average()
                            .orElseThrow());
        }
        figures.put("systems", systems);
        if (check) {
            figures.put("check", check(folder));
        }
        return figures;
    }

    private static Map<String, Double> measure(LabelledLog log) {
        LogMiner miner = new LogMiner();
        List<LogTemplate> atArrival = new ArrayList<>();
        for (String line : log.lines()) {
            atArrival.add(miner.template(line));
        }
        List<LogTemplate> atEnd = atArrival.stream().map(LogTemplate::current).toList();
        List<String> texts = atEnd.stream().map(LogTemplate::text).toList();
        Agreement agreement = Agreement.of(atEnd, log.templates());
        Map<String, Double> values = new TreeMap<>();
        values.put("ga", agreement.ga());
        values.put("fga", agreement.fga());
        values.put("pa", Agreement.pa(texts, log.templates()));
        values.put("fta", Agreement.fta(atEnd, texts, log.templates()));
        values.put("ga_arrival", Agreement.of(atArrival, log.templates()).ga());
        values.put("ga_drain", drain(Drain.Settings.generic(), log));
        return values;
    }

    private static double drain(Drain.Settings settings, LabelledLog log) {
        Drain drain = new Drain(settings);
        List<Drain.Group> groups = log.lines().stream().map(drain::group).toList();
        // Its published evaluation tells groups by their text.
        return Agreement.of(groups.stream().map(Drain.Group::text).toList(), log.templates())
                .ga();
    }

    /** Published figures are of the original labels. */
    private static Figures check(Path folder) throws IOException {
        Figures figures = new Figures();
        boolean any = false;
        for (LabelledLog log : LabelledLog.readOriginal(folder)) {
            PublishedDrain.Run run = PublishedDrain.RUNS.get(log.system());
            if (run != null) {
                any = true;
                figures.put(
                        log.system(),
                        new Figures()
                                .put("ga_drain_published", run.ga())
                                .put("ga_drain_here", drain(run.settings(), log)));
            }
        }
        if (!any) {
            throw new DataException(folder, "no original labels of a published system under it: --check needs them");
        }
        return figures;
    }
}
