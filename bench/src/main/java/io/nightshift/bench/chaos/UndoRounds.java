package io.nightshift.bench.chaos;

import io.nightshift.bench.chaos.Trial.Shape;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Row 21: nobody can see whether a repair helped, or it did not help and can't be taken back. */
final class UndoRounds {

    private static final Duration UP = Duration.ofSeconds(90);

    private UndoRounds() {}

    static Findings blind(Ground ground, Path home) throws IOException, InterruptedException {
        try (Trial trial = new Trial(ground, home, Shape.of(3, 1, true).lasting("2", 10))) {
            trial.member().start();
            trial.openAll(1);
            Trial.await(UP, () -> trial.oracle().effects().size() >= 3);
            trial.oracle().set("blind");
            Findings findings = Rounds.end(trial);
            boolean claimed = trial.rehearsal().statuses().keySet().stream()
                    .anyMatch(status -> status == ActionStatus.RECOVERED || status == ActionStatus.HELD);
            return claimed ? findings.broken("a recovery was claimed that nobody saw") : findings;
        }
    }

    /** Each ends with a person, and its target stays locked, also for a remedy that would help, and over a restart. */
    static Findings stuck(Ground ground, Path home) throws IOException, InterruptedException {
        try (Trial trial = new Trial(ground, home, Shape.of(3, 2, true).settling(3))) {
            Member member = trial.member();
            member.start();
            trial.oracle().set("stuck");
            trial.open(trial.shape().estate().names(), 1, ActionKind.DRAIN);
            Findings findings = Rounds.end(trial);
            Map<ActionStatus, Long> ends = trial.rehearsal().statuses();
            if (!ends.equals(Map.of(ActionStatus.ESCALATED, 3L))) {
                return findings.broken("with undos that fail, the ends are " + ends);
            }
            member.kill();
            member.start();
            int before = trial.oracle().effects().size();
            Case more = new Case(trial.shape().estate().names().get(0), 1, Instant.now());
            trial.rehearsal().propose(more, more.proposal().build());
            boolean refused = Trial.await(UP, () -> refusals(trial, more) > 0);
            Findings judged = refused ? findings : findings.broken("a locked target was not refused");
            return (trial.oracle().effects().size() == before ? judged : judged.broken("a locked target was touched"))
                    .killed(1);
        }
    }

    private static long refusals(Trial trial, Case of) {
        long[] count = new long[1];
        Join.read(trial.kafka(), trial.topics().actions(), (record, event) -> {
            boolean isRefused = event.getIncidentId().equals(of.incidentId())
                    && event.getStatus() == ActionStatus.DENIED
                    && event.getVerdict().getRules().contains("hands-off");
            count[0] += isRefused ? 1 : 0;
        });
        return count[0];
    }
}
