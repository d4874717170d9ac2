package io.nightshift.bench.rca;

import io.nightshift.bench.DataException;
import io.nightshift.bench.Figures;
import io.nightshift.bench.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nightshift eval rca}: the production ranker of root causes on faults that somebody injected and labelled. */
@Command(
        name = "rca",
        description = {
            "Ranks root causes on labelled faults. Three layouts are known by their files, at any depth of DIR:",
            "  graph.csv, noissue/metrics.csv, */ISSUE/{metrics.csv,target.json}     golden signals of services",
            "  rca_data/DAY/{DAY-fault_list.json,metric,trace,log}, construct_data   metrics of pods, traces, logs",
            "  SYSTEM/{label.csv,metric,trace,log}                                   alarms by fault",
            "CSV and JSON files may be gzipped. bench/README.md says what each figure is.",
            "With --llm a model is asked too, through production's own reasoner, and scored beside the ranker.",
        })
public final class RcaSuite extends Suite {

    private static final int DEPTH = 4;

    @Mixin
    private ModelOptions model;

    @Option(names = "--list", description = "Print each fault's place on standard error.")
    private boolean list;

    @Override
    protected Figures score(Path folder) throws IOException {
        // What is wrong with the settings shall be said before the long work.
        Optional<ModelTrial> trial = model.settings().map(ModelTrial::new);
        List<Trial.Result> results = new ArrayList<>();
        Figures sets = new Figures();
        for (Path found : folders(folder)) {
            LabelledSet set = read(found);
            if (!set.faults().isEmpty()) {
                System.err.printf(
                        Locale.ROOT,
                        "%s: %d faults, %d normal times%n",
                        found,
                        set.faults().size(),
                        set.normal().size());
                Trial.Result result = Trial.of(set);
                results.add(result);
                sets.put(folder.relativize(found).toString(), new Scoreboard(List.of(result)).full());
                tell(result);
            }
        }
        if (results.isEmpty()) {
            throw new DataException(folder, "no labelled faults found; nightshift eval rca --help shows the layouts");
        }
        Figures figures = new Scoreboard(results).full();
        trial.ifPresent(asked -> figures.put("llm", asked.of(results, model.cases())));
        return figures.put("sets", sets);
    }

    private static List<Path> folders(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root, DEPTH)) {
            return all.filter(Files::isDirectory)
                    .filter(RcaSuite::isKnown)
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isKnown(Path folder) {
        return ServiceTables.isOne(folder) || PodFolder.isOne(folder) || AlertFolder.isOne(folder);
    }

    private static LabelledSet read(Path folder) throws IOException {
        if (ServiceTables.isOne(folder)) {
            return ServiceTables.read(folder);
        }
        return PodFolder.isOne(folder) ? PodFolder.read(folder) : AlertFolder.read(folder);
    }

    private void tell(Trial.Result result) {
        if (list) {
            for (Outcome outcome : result.outcomes()) {
                System.err.printf(
                        Locale.ROOT,
                        "  %-28s %-24s %-40s place %s score %.3f confidence %.2f%s%n",
                        outcome.trouble().name(),
                        outcome.trouble().type(),
                        outcome.trouble().cause(),
                        outcome.place() == Integer.MAX_VALUE ? "none" : outcome.place(),
                        outcome.score(),
                        outcome.confidence(),
                        outcome.spoken() ? "" : " (silent)");
            }
        }
    }
}
