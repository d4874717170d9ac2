package io.nightshift.bench.learn;

import io.nightshift.bench.Figures;
import io.nightshift.schemas.EventClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nightshift bench learn}: the learning curve on a simulated fleet. */
@Command(
        name = "learn",
        description = {
            "Plays a year of incidents on a simulated fleet of 200 services and 10 classes of causes, with production's own",
            "lessons, weight of lessons and trust ledger. Half-way half of the right actions become others; one verdict in",
            "ten is wrong; one repair in a hundred holds and yet does harm. What acts alone is what the ledger trusts and a",
            "person promoted, whoever chooses: learning, what is likeliest before any lesson, the best fixed action per",
            "cause in hindsight, Thompson sampling per class and cause. all allowed: not learning, and without the ledger.",
            "without_person: share resolved and nobody asked. harmful: actions that did harm, approved or not.",
            "recovery_minutes: mean. second_half, last_quarter: the same after the change. Means over seeds with 95 %",
            "intervals. widened_without_approval must be 0."
        })
public final class LearnBench implements Callable<Integer> {

    static {
        EventClasses.trust();
    }

    @Spec
    private CommandSpec spec;

    @Option(names = "--seeds", defaultValue = "20", description = "Worlds played. Default: ${DEFAULT-VALUE}.")
    private int seeds;

    @Option(names = "--incidents", defaultValue = "2000", description = "In each. Default: ${DEFAULT-VALUE}.")
    private int incidents;

    @Option(names = "--plot", paramLabel = "FILE", description = "Write the curve there, as PNG.")
    private Path plot;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (seeds < 1 || incidents < 200 || incidents % 200 != 0) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--seeds is 1 or more, --incidents a multiple of 200");
        }
        Map<Arms, List<Tally>> played = play(seeds, incidents);
        Figures figures = new Figures().put("seeds", seeds).put("incidents", incidents);
        played.forEach((arm, tallies) -> figures.put(arm.words(), figures(tallies)));
        figures.print(System.out, json);
        if (plot != null) {
            CurvePlot.write(played, plot);
        }
        return 0;
    }

    static Map<Arms, List<Tally>> play(int seeds, int incidents) {
        Map<Arms, List<Tally>> played = new EnumMap<>(Arms.class);
        for (Arms arm : Arms.values()) {
            List<Tally> tallies = new ArrayList<>();
            for (int seed = 1; seed <= seeds; seed++) {
                tallies.add(Season.play(arm, seed, incidents));
            }
            played.put(arm, tallies);
        }
        return played;
    }

    private static Figures figures(List<Tally> tallies) {
        int all = tallies.get(0).incidents();
        return new Figures()
                .put("without_person", interval(tallies, 0, all, Tally::share))
                .put("without_person_second_half", interval(tallies, all / 2, all, Tally::share))
                .put("without_person_last_quarter", interval(tallies, all * 3 / 4, all, Tally::share))
                .put("harmful", interval(tallies, 0, all, Tally::harms))
                .put("recovery_minutes", interval(tallies, 0, all, Tally::recovery))
                .put("recovery_minutes_last_quarter", interval(tallies, all * 3 / 4, all, Tally::recovery))
                .put("promotions", tallies.stream().mapToLong(Tally::promotions).sum())
                .put(
                        "widened_without_approval",
                        tallies.stream().mapToLong(Tally::widened).sum());
    }

    private interface Figure {
        double of(Tally tally, int from, int to);
    }

    private static Figures interval(List<Tally> tallies, int from, int to, Figure figure) {
        Estimate estimate = Estimate.of(tallies, tally -> figure.of(tally, from, to));
        return new Figures()
                .put("mean", estimate.mean())
                .put("low", estimate.low())
                .put("high", estimate.high());
    }
}
