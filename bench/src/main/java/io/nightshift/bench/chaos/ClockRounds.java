package io.nightshift.bench.chaos;

import io.nightshift.bench.chaos.Trial.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Row 18: a member's clock is wrong, from its start on or all at once. */
final class ClockRounds {

    private static final Duration UP = Duration.ofSeconds(90);
    private static final Duration WRONG = Duration.ofSeconds(20);

    /** What happens to a member with a clock that can be set. */
    private interface Course {
        int play(Trial trial, Member member, FakeClock clock) throws IOException, InterruptedException;
    }

    private ClockRounds() {}

    static void add(List<Round> rounds) {
        for (String shift : List.of("+3h", "-3h", "-1d")) {
            rounds.add(new Round(
                    18,
                    "clock " + shift + ", put right over a restart",
                    shift.equals("-1d"),
                    (ground, home) ->
                            play(ground, home, (trial, member, clock) -> restarts(trial, member, clock, shift))));
            rounds.add(new Round(
                    18,
                    "clock jumps " + shift + " and back",
                    shift.equals("+3h"),
                    (ground, home) ->
                            play(ground, home, (trial, member, clock) -> jumps(trial, member, clock, shift))));
        }
    }

    private static Findings play(Ground ground, Path home, Course course) throws IOException, InterruptedException {
        try (Trial trial = new Trial(ground, home, Shape.of(6, 1, true))) {
            Optional<FakeClock> clock = FakeClock.in(trial.folder().resolve("clock"));
            if (clock.isEmpty()) {
                return Findings.NONE.broken(
                        "no clock could be set wrong: install libfaketime (apt-get install faketime)");
            }
            Member member = trial.member().below(clock.get().command(), List.of());
            int kills = course.play(trial, member, clock.get());
            return Rounds.end(trial, false).killed(kills);
        }
    }

    private static int restarts(Trial trial, Member member, FakeClock clock, String shift)
            throws IOException, InterruptedException {
        clock.set(shift);
        member.start();
        trial.openAll(1);
        Trial.await(WRONG, () -> trial.rehearsal().isOver());
        member.kill();
        clock.set("+0");
        member.start();
        return 1;
    }

    private static int jumps(Trial trial, Member member, FakeClock clock, String shift)
            throws IOException, InterruptedException {
        clock.set("+0");
        member.start();
        trial.openAll(1);
        Trial.await(UP, () -> trial.oracle().effects().size() >= 2);
        clock.set(shift);
        Trial.await(WRONG, () -> trial.rehearsal().isOver());
        clock.set("+0");
        // Brokers refuse what is dated more than an hour ahead, and what can't write halts until it is started again.
        if (Trial.await(WRONG, () -> trial.rehearsal().isOver())) {
            return 0;
        }
        member.kill();
        member.start();
        return 1;
    }
}
