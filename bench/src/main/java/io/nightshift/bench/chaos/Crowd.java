package io.nightshift.bench.chaos;

import io.nightshift.bench.chaos.Trial.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;

/**
 * Many incidents at once over many targets, several members, and one of them killed every few seconds.
 *
 * @param perTarget incidents of each target, all opened at the beginning
 * @param inFlight cap on the actions of the environment that are in flight; lower than what members could do at once
 */
record Crowd(int targets, int perTarget, int members, int inFlight, Duration killEvery, Duration limit) {

    static final String ROW = "crowd";

    static Round small(long seed) {
        return new Crowd(25, 2, 2, 10, Duration.ofSeconds(12), Duration.ofMinutes(4)).round(seed);
    }

    static Round large(long seed) {
        return new Crowd(500, 2, 4, 20, Duration.ofSeconds(8), Duration.ofMinutes(60)).round(seed);
    }

    private Round round(long seed) {
        String name = String.format(
                Locale.ROOT, "of %,d incidents over %d targets, %d executors", targets * perTarget, targets, members);
        return new Round(ROW, name, true, (ground, home) -> play(ground, home, seed));
    }

    private Findings play(Ground ground, Path home, long seed) throws IOException, InterruptedException {
        Random random = new Random(seed);
        try (Trial trial = new Trial(ground, home, Shape.of(targets, 1, true).inFlight(inFlight))) {
            Rounds.startAll(trial, members);
            long began = System.nanoTime();
            trial.openAll(perTarget);
            int kills = 0;
            while (!trial.rehearsal().awaitOver(killEvery) && System.nanoTime() - began < limit.toNanos()) {
                Member victim = trial.members().get(random.nextInt(members));
                victim.kill();
                victim.start();
                kills++;
                System.err.printf(
                        Locale.ROOT,
                        "crowd: %d s, %d kills, %d effects, %s%n",
                        Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                        kills,
                        trial.oracle().effects().size(),
                        trial.rehearsal().statuses());
            }
            Findings findings = Rounds.findings(trial, true).killed(kills);
            return trial.rehearsal().isOver()
                    ? findings
                    : findings.broken("not over: " + trial.rehearsal().statuses());
        }
    }
}
