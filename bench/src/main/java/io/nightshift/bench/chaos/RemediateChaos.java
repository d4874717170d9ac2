package io.nightshift.bench.chaos;

import io.nightshift.bench.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nightshift chaos remediate}: faults while it acts, checked against two targets with ledgers of their own. */
@Command(
        name = "remediate",
        description = {
            "Kills, freezes, cuts off and misleads what acts, and compares the targets' own ledgers with what was",
            "committed. Rows are those of the fault matrix. The whole run takes over an hour; --short some minutes.",
            "Needs Linux, flock and unshare; the clock rows need libfaketime, the full disk needs root. A row that can't",
            "be played counts as one that did not hold."
        },
        footer = {"", "Exit status: 0 everything held, 1 something did not, 2 usage."})
public final class RemediateChaos implements Callable<Integer> {

    private static final int SHORT_KILLS = 8;

    @Spec
    private CommandSpec spec;

    @Option(names = "--short", description = "One or two rounds of each row, and a small crowd.")
    private boolean brief;

    @Option(names = "--rows", split = ",", description = "Only these rows, such as 1,5,20,crowd.")
    private Set<String> rows = new LinkedHashSet<>();

    @Option(names = "--seed", defaultValue = "1", description = "Of the random kills. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--kills",
            defaultValue = "200",
            description = "Kills at random moments, over all trials of row 2; at most " + SHORT_KILLS
                    + " with --short. Default: ${DEFAULT-VALUE}.")
    private int kills;

    @Option(
            names = "--at-once",
            defaultValue = "1",
            description = "Rounds played at the same time; the crowd is always alone. Default: ${DEFAULT-VALUE}.")
    private int atOnce;

    @Option(names = "--keep", description = "Keep the folder with every trial's files and logs.")
    private boolean keep;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Round> rounds = chosen();
        Path home = Files.createTempDirectory("nightshift-chaos");
        Figures byRound = new Figures();
        Findings all;
        double stalled;
        try (Ground ground = new Ground(home);
                Breath breath = new Breath()) {
            ground.warmUp();
            all = play(rounds, ground, home, byRound);
            stalled = breath.longest();
        } finally {
            if (keep) {
                System.err.println("kept: " + home);
            } else {
                Folders.delete(home);
            }
        }
        all.figures()
                .put("longest_stall_seconds", stalled)
                .put("rounds", byRound)
                .print(System.out, json);
        return all.isGood() ? 0 : 1;
    }

    /** What was asked for; a row that nobody knows is an error, for it would not be played. */
    private List<Round> chosen() {
        List<Round> all = brief ? Rounds.all(seed, Math.min(kills, SHORT_KILLS), 2) : Rounds.all(seed, kills, 20);
        all.add(0, brief ? Crowd.small(seed) : Crowd.large(seed)); // while the broker holds nothing else
        List<Round> played =
                all.stream().filter(round -> !brief || round.isShort()).toList();
        for (String row : rows) {
            if (played.stream().noneMatch(round -> round.row().equals(row))) {
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no row " + row + "; there are "
                                + String.join(
                                        ", ",
                                        new LinkedHashSet<>(
                                                played.stream().map(Round::row).toList())));
            }
        }
        return played.stream()
                .filter(round -> rows.isEmpty() || rows.contains(round.row()))
                .toList();
    }

    private Findings play(List<Round> rounds, Ground ground, Path home, Figures byRound) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, atOnce));
        try {
            List<Future<Findings>> ends = new ArrayList<>();
            for (Round round : rounds) {
                ends.add(pool.submit(() -> told(round, round.play().on(ground, home))));
                if (round.row().equals(Crowd.ROW)) {
                    await(ends);
                }
            }
            Findings all = Findings.NONE;
            for (int i = 0; i < rounds.size(); i++) {
                Findings findings = end(ends.get(i), rounds.get(i));
                byRound.put(rounds.get(i).title(), findings.figures());
                all = all.and(findings);
            }
            return all;
        } finally {
            pool.shutdownNow();
        }
    }

    private static void await(List<Future<Findings>> ends) throws InterruptedException {
        for (Future<Findings> end : ends) {
            try {
                end.get();
            } catch (ExecutionException e) {
                // It is told of when its turn comes.
            }
        }
    }

    /** A round that could not be played did not hold. */
    private static Findings end(Future<Findings> round, Round of) throws InterruptedException {
        try {
            return round.get();
        } catch (ExecutionException e) {
            return told(of, Findings.NONE.broken("could not be played: " + e.getCause()));
        }
    }

    private static Findings told(Round round, Findings findings) {
        System.err.println(round.title() + ": " + (findings.isGood() ? "held" : "DID NOT HOLD " + findings));
        return findings;
    }
}
