package io.nightshift.bench.chaos;

import io.nightshift.bench.chaos.Trial.Shape;
import io.nightshift.events.ActionKind;
import io.nightshift.remediate.worker.Failpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Rows 1 to 4: a process ends without a word, at a named place or at any moment. */
final class KillRounds {

    private static final Duration UP = Duration.ofSeconds(90);
    private static final int RUSH = 10;
    private static final int LONGEST_WAIT = 2_000;

    private KillRounds() {}

    /**
     * @param kills how many kills at random there are in all, spread over {@code trials} trials
     */
    static void add(List<Round> rounds, long seed, int kills, int trials) {
        for (boolean undo : new boolean[] {false, true}) {
            for (String place : Failpoints.ALL) {
                for (boolean fenced : new boolean[] {true, false}) {
                    rounds.add(at(place, undo, fenced));
                }
            }
        }
        Random random = new Random(seed);
        for (int i = 0; i < trials; i++) {
            long own = random.nextLong();
            boolean fenced = i % 2 == 0;
            int share = kills / trials + (i < kills % trials ? 1 : 0);
            rounds.add(new Round(
                    2,
                    "killed at random, trial " + i + dumb(fenced),
                    i < 2,
                    (ground, home) -> killedAtRandom(ground, home, own, fenced, share)));
        }
    }

    private static Round at(String place, boolean undo, boolean fenced) {
        int row =
                switch (place) {
                    case Failpoints.AFTER_STARTED -> 3;
                    case Failpoints.AFTER_EFFECT -> 4;
                    default -> 1;
                };
        // The last place is met once, after the undo as after the effect.
        String name = undo && !place.equals(Failpoints.BEFORE_FINISH) ? Failpoints.UNDO + place : place;
        boolean isShort = !undo
                && (place.equals(Failpoints.AFTER_OUTCOME) && fenced
                        || place.equals(Failpoints.AFTER_EFFECT) && fenced
                        || place.equals(Failpoints.AFTER_STARTED) && !fenced);
        return new Round(
                row,
                "killed at " + name + (undo ? " while taking back" : "") + dumb(fenced),
                isShort,
                (ground, home) -> killedAt(ground, home, name, undo, fenced));
    }

    private static String dumb(boolean fenced) {
        return fenced ? "" : ", dumb";
    }

    /** A drain does not help and is taken back; a restart helps. */
    private static Findings killedAt(Ground ground, Path home, String failpoint, boolean undo, boolean fenced)
            throws IOException, InterruptedException {
        try (Trial trial = new Trial(ground, home, Shape.of(1, 2, fenced).settling(3))) {
            trial.open(trial.shape().estate().names(), 1, undo ? ActionKind.DRAIN : ActionKind.ROLLING_RESTART);
            Member member = trial.member("failpoint: " + failpoint);
            member.start();
            boolean died = Trial.await(UP, () -> !member.isAlive());
            member.start();
            Findings findings = Rounds.end(trial).killed(1);
            return died ? findings : findings.broken(failpoint + " was never reached");
        }
    }

    /** Each time while something is under way: when all is over, there are new faults. */
    private static Findings killedAtRandom(Ground ground, Path home, long seed, boolean fenced, int kills)
            throws IOException, InterruptedException {
        Random random = new Random(seed);
        try (Trial trial = new Trial(
                ground, home, Shape.of(RUSH * (kills + RUSH), 2, fenced).inFlight(6))) {
            Rounds.startAll(trial, 2);
            List<String> names = trial.shape().estate().names();
            int opened = 0;
            int done = 0;
            while (done < kills) {
                if (trial.rehearsal().isOver()) {
                    trial.open(names.subList(opened, opened + RUSH), 2, ActionKind.ROLLING_RESTART);
                    opened += RUSH;
                }
                int before = trial.oracle().effects().size();
                Trial.await(
                        UP,
                        () -> trial.oracle().effects().size() > before
                                || trial.rehearsal().isOver());
                Thread.sleep(random.nextInt(LONGEST_WAIT));
                if (!trial.rehearsal().isOver()) {
                    Member victim = trial.members().get(random.nextInt(2));
                    victim.kill();
                    victim.start();
                    done++;
                }
            }
            return Rounds.end(trial).killed(kills);
        }
    }
}
