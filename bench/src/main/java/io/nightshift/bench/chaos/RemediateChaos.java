package io.nightshift.bench.chaos;

import io.nightshift.bench.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightshift chaos remediate}: faults while it acts, checked against two targets with ledgers of their own. */
@Command(
        name = "remediate",
        description = {
            "Kills, freezes, cuts off and misleads what acts, and compares the targets' own ledgers with what was",
            "committed. Rows are those of the fault matrix. The whole run takes over an hour; --short a quarter of it.",
            "Needs Linux, flock and unshare; the clock rows need faketime, the full disk needs root."
        },
        footer = {"", "Exit status: 0 everything held, 1 something did not, 2 usage."})
public final class RemediateChaos implements Callable<Integer> {

    @Option(names = "--short", description = "One round of each row, and a small crowd.")
    private boolean brief;

    @Option(names = "--rows", split = ",", description = "Only these rows, such as 1,5,20; 0 is the crowd.")
    private List<Integer> rows = List.of();

    @Option(names = "--seed", defaultValue = "1", description = "Of the random kills. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--kills",
            defaultValue = "200",
            description = "Kills at random moments, over all trials of row 2. Default: ${DEFAULT-VALUE}.")
    private int kills;

    @Option(names = "--keep", description = "Keep the folder with every trial's files and logs.")
    private boolean keep;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("nightshift-chaos");
        Findings all = Findings.NONE;
        Figures byRound = new Figures();
        try (Ground ground = new Ground(home)) {
            for (Round round : Rounds.all(seed, kills, brief ? 2 : 20)) {
                if (wanted(round)) {
                    all = all.and(told(round, round.play().on(ground, home), byRound));
                }
            }
            if (rows.isEmpty() || rows.contains(0)) {
                Figures crowd = new Figures();
                Crowd many = brief
                        ? new Crowd(50, 2, 2, Duration.ofSeconds(15), Duration.ofMinutes(6))
                        : new Crowd(500, 2, 4, Duration.ofSeconds(8), Duration.ofMinutes(40));
                all = all.and(many.play(ground, home, seed, crowd));
                byRound.put("crowd", crowd);
            }
        } finally {
            if (keep) {
                System.err.println("kept: " + home);
            } else {
                Folders.delete(home);
            }
        }
        all.figures().put("rounds", byRound).print(System.out, json);
        return all.isGood() ? 0 : 1;
    }

    private boolean wanted(Round round) {
        return rows.isEmpty() ? !brief || round.isShort() : rows.contains(round.row()) && (!brief || round.isShort());
    }

    private static Findings told(Round round, Findings findings, Figures byRound) {
        String name = round.row() + " " + round.name();
        System.err.println(name + ": " + (findings.isGood() ? "held" : "DID NOT HOLD " + findings));
        byRound.put(name, findings.figures());
        return findings;
    }
}
