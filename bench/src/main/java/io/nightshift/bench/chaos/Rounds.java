package io.nightshift.bench.chaos;

import io.nightshift.bench.chaos.Trial.Shape;
import io.nightshift.events.ActionKind;
import io.nightshift.events.Execution;
import io.nightshift.events.Plan;
import io.nightshift.remediate.domain.PlanHash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The faults of the matrix that concern acting. */
final class Rounds {

    private static final Duration LIMIT = Duration.ofSeconds(240);
    private static final Duration UP = Duration.ofSeconds(90);

    private Rounds() {}

    /**
     * @param kills how many kills at random moments there are in all, spread over {@code seeds} trials
     */
    static List<Round> all(long seed, int kills, int seeds) {
        List<Round> rounds = new ArrayList<>();
        KillRounds.add(rounds, seed, kills, seeds);
        rounds.add(new Round(5, "frozen and thawed", true, Rounds::frozen));
        rounds.add(new Round(6, "a mirrored cluster's plan", true, Rounds::foreign));
        rounds.add(new Round(9, "stalled in the middle of commits", true, Rounds::stalled));
        rounds.add(new Round(11, "an old folder restored", true, Rounds::restored));
        rounds.add(new Round(12, "disk full", true, DiskFull::play));
        rounds.add(new Round(13, "cut off from Kafka", true, Rounds::cut));
        rounds.add(new Round(14, "the target hangs in the middle of a call", true, Rounds::hanging));
        rounds.add(new Round(16, "malicious proposals", true, Rounds::malicious));
        ClockRounds.add(rounds);
        rounds.add(new Round(20, "halt during fifty plans", true, HaltRound::play));
        rounds.add(new Round(21, "the verifier is blind", true, UndoRounds::blind));
        rounds.add(new Round(21, "no undo works", true, UndoRounds::stuck));
        return rounds;
    }

    static Findings end(Trial trial) throws InterruptedException {
        return end(trial, true);
    }

    static Findings end(Trial trial, boolean clocksAgree) throws InterruptedException {
        boolean over = trial.rehearsal().awaitOver(LIMIT);
        Findings findings = findings(trial, clocksAgree);
        return over
                ? findings
                : findings.broken("not over: " + trial.rehearsal().statuses());
    }

    static Findings findings(Trial trial, boolean clocksAgree) {
        return Join.of(trial.kafka(), trial.topics(), clocksAgree)
                .with(
                        trial.oracle().effects(),
                        trial.oracle().isFenced(),
                        trial.shape().inFlight());
    }

    static void startAll(Trial trial, int members) throws IOException {
        for (int i = 0; i < members; i++) {
            trial.member().start();
        }
    }

    /** On a fenced target: what a thawed executor does late, a dumb one would do twice, and the docs claim no more. */
    private static Findings frozen(Ground ground, Path home) throws IOException, InterruptedException {
        try (Trial trial = new Trial(ground, home, Shape.of(6, 2, true).lasting("1", 10))) {
            startAll(trial, 2);
            trial.openAll(1);
            int frozen = 0;
            for (Member member : trial.members()) {
                int before = trial.oracle().effects().size();
                Trial.await(UP, () -> trial.oracle().effects().size() > before);
                member.freeze();
                Thread.sleep(16_000); // longer than the session's timeout: its partitions are others' by then
                member.thaw();
                frozen++;
            }
            return end(trial).killed(frozen);
        }
    }

    private static Findings foreign(Ground ground, Path home) throws IOException, InterruptedException {
        try (Trial trial = new Trial(ground, home, Shape.of(3, 1, false))) {
            startAll(trial, 2);
            trial.openAll(1);
            Findings own = end(trial);
            List<Execution> mirrored = new ArrayList<>();
            Join.read(
                    trial.kafka(),
                    trial.topics().executions(),
                    (record, execution) -> mirrored.add(foreign(execution)));
            mirrored.forEach(execution -> trial.rehearsal()
                    .send(trial.topics().executions(), execution.getPlan().getTarget(), execution));
            boolean refused = Trial.await(UP, () -> refusals(trial) >= mirrored.size());
            Findings after = findings(trial, true);
            Findings findings = after.effects() == own.effects()
                    ? after
                    : after.broken("a mirrored cluster's plan was carried out");
            return refused ? findings : findings.broken("a mirrored cluster's plan was not answered");
        }
    }

    private static Execution foreign(Execution execution) {
        Plan plan = Plan.newBuilder(execution.getPlan())
                .setClusterId("mirrored")
                .setEpisode("mirrored")
                .build();
        return Execution.newBuilder(execution)
                .setActionId("act-mirrored-" + execution.getActionId())
                .setPlan(plan)
                .setPlanHash(PlanHash.of(plan))
                .build();
    }

    private static long refusals(Trial trial) {
        long[] count = new long[1];
        Join.read(
                trial.kafka(),
                trial.topics().actions(),
                (record, event) -> count[0] += event.getSentence().contains("another cluster") ? 1 : 0);
        return count[0];
    }

    /** Longer than a worker's transaction stays open, so that commits fail or are answered too late. */
    private static Findings stalled(Ground ground, Path home) throws IOException, InterruptedException {
        try (Trial trial = new Trial(ground, home, Shape.of(8, 2, true));
                FaultProxy proxy = new FaultProxy(trial.folder().resolve("ways"), ground.ports())) {
            proxy.inside(trial.member()).start();
            trial.openAll(1);
            for (int i = 0; i < 3; i++) {
                int before = trial.oracle().effects().size();
                Trial.await(UP, () -> trial.oracle().effects().size() > before);
                proxy.stall();
                Thread.sleep(14_000);
                proxy.open();
            }
            return end(trial);
        }
    }

    private static Findings restored(Ground ground, Path home) throws IOException, InterruptedException {
        try (Trial trial = new Trial(ground, home, Shape.of(8, 2, true))) {
            Member member = trial.member();
            member.start();
            trial.openAll(2);
            Trial.await(UP, () -> trial.oracle().effects().size() > 2);
            member.kill();
            Path snapshot = Folders.copy(member.folder(), trial.folder().resolve("snapshot"));
            member.start();
            Trial.await(UP, () -> trial.oracle().effects().size() > 8);
            member.kill();
            Folders.replace(member.folder(), snapshot);
            member.start();
            return end(trial).killed(2);
        }
    }

    private static Findings cut(Ground ground, Path home) throws IOException, InterruptedException {
        try (Trial trial = new Trial(ground, home, Shape.of(8, 2, true).lasting("1", 10));
                FaultProxy proxy = new FaultProxy(trial.folder().resolve("ways"), ground.ports())) {
            proxy.inside(trial.member()).start();
            trial.openAll(1);
            Trial.await(UP, () -> trial.oracle().effects().size() > 2);
            proxy.cut();
            // What had its last look at the halt before the cut may still begin; the look may be half a second old.
            long quietFrom = System.currentTimeMillis() + 1_500;
            Thread.sleep(15_000);
            long quietUntil = System.currentTimeMillis();
            proxy.open();
            Findings findings = end(trial);
            long within = trial.oracle().effects().stream()
                    .filter(effect -> effect.didMillis() > quietFrom && effect.didMillis() < quietUntil)
                    .count();
            return within == 0 ? findings : findings.broken(within + " effects while cut off from Kafka");
        }
    }

    private static Findings hanging(Ground ground, Path home) throws IOException, InterruptedException {
        try (Trial trial = new Trial(ground, home, Shape.of(4, 2, true).lasting("0.2", 3))) {
            trial.member().start();
            trial.oracle().set("hang-after");
            trial.openAll(1);
            Trial.await(UP, () -> trial.oracle().effects().size() >= 2);
            trial.oracle().unset("hang-after");
            return end(trial);
        }
    }

    private static Findings malicious(Ground ground, Path home) throws IOException, InterruptedException {
        try (Trial trial = new Trial(ground, home, Shape.of(6, 1, false))) {
            trial.member().start();
            List<String> names = trial.shape().estate().names();
            Instant onset = Instant.now().minusSeconds(5);
            Case vault = new Case(Estate.VAULT, 0, onset);
            trial.rehearsal().propose(vault, vault.proposal().build());
            Case unlisted = new Case(names.get(0), 0, onset);
            trial.rehearsal()
                    .propose(
                            unlisted,
                            unlisted.proposal().setAction(ActionKind.UNKNOWN).build());
            Case everything = new Case(names.get(1), 0, onset);
            trial.rehearsal()
                    .propose(everything, everything.proposal().setTarget("*").build());
            Case others = new Case(names.get(2), 0, onset);
            trial.rehearsal()
                    .propose(
                            others,
                            others.proposal()
                                    .setInstances(List.of("s0000-1", "vault-1"))
                                    .build());
            Case shell = new Case(names.get(3), 0, onset);
            trial.rehearsal()
                    .propose(
                            shell,
                            shell.proposal()
                                    .setArguments(Map.of("version", "1; rm -rf /"))
                                    .build());
            trial.rehearsal().open(new Case(names.get(5), 0, onset)); // the honest one is repaired
            Findings findings = end(trial);
            return findings.effects() == 1
                    ? findings
                    : findings.broken(findings.effects() + " effects instead of the honest one's");
        }
    }
}
