package io.nightshift.bench.chaos;

import io.nightshift.bench.Figures;
import io.nightshift.bench.chaos.Trial.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** Many incidents at once over many targets, several members, and one of them killed every few seconds. */
record Crowd(int targets, int perTarget, int members, Duration killEvery, Duration limit) {

    Findings play(Ground ground, Path home, long seed, Figures figures) throws IOException, InterruptedException {
        Random random = new Random(seed);
        try (Trial trial = new Trial(ground, home, Shape.of(targets, 1, true).inFlight(40))) {
            Rounds.startAll(trial, members);
            long began = System.nanoTime();
            trial.openAll(perTarget);
            long end = began + limit.toNanos();
            int kills = 0;
            while (!trial.rehearsal().awaitOver(killEvery) && System.nanoTime() < end) {
                Member victim = trial.members().get(random.nextInt(members));
                victim.kill();
                victim.start();
                kills++;
                System.err.println(
                        "crowd: " + kills + " kills, " + trial.rehearsal().statuses());
            }
            Findings findings = Rounds.findings(trial, true).killed(kills);
            figures.put("incidents", (long) targets * perTarget)
                    .put("targets", targets)
                    .put("members", members)
                    .put("seconds", (System.nanoTime() - began) / 1e9)
                    .put("ends", trial.rehearsal().statuses().toString());
            return trial.rehearsal().isOver()
                    ? findings
                    : findings.broken("not over: " + trial.rehearsal().statuses());
        }
    }
}
