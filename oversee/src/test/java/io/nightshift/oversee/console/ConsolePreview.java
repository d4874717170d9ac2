package io.nightshift.oversee.console;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ControlKind;
import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;
import io.nightshift.events.Incident;
import io.nightshift.oversee.story.Asked;
import io.nightshift.oversee.story.LeakStory;
import io.nightshift.runtime.StageHealth;
import io.nightshift.schemas.Question;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Serves the console with an invented night, to look at while working on its page: {@code ConsolePreview [port] [quiet]}. */
public final class ConsolePreview {

    private ConsolePreview() {}

    public static void main(String[] arguments) throws InterruptedException {
        int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : ConsoleSettings.DEFAULT_PORT;
        Clock clock = Clock.systemUTC();
        LiveView view = new LiveView(record -> true, clock);
        if (arguments.length < 2) {
            night(view, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        }
        ConsoleServer server = new ConsoleServer(
                new ConsoleSettings(port, "localhost", true, List.of(), "ada"),
                OperatorToken.random(),
                view,
                new Echo(view, clock),
                ConsolePreview::health,
                clock);
        server.start();
        System.out.println(server.loginUrl());
        Thread.currentThread().join();
    }

    private static void night(LiveView view, Instant now) {
        LeakStory.graph(now).forEach(view::accept);
        LeakStory past = new LeakStory("inc-5d20c1", now.minusSeconds(3 * 3600));
        past.anomalies().forEach(view::accept);
        past.incidents().forEach(view::accept);
        view.accept(past.investigation());
        past.repair().forEach(view::accept);
        past.cleared().forEach(view::accept);
        view.accept(past.resolved());
        view.accept(past.held());
        view.accept(past.lesson());
        view.accept(hostile(new LeakStory("inc-<b>0</b>", now.minusSeconds(5 * 3600))));
        LeakStory present = new LeakStory("inc-8c41f7", now.minusSeconds(110));
        present.anomalies().forEach(view::accept);
        present.incidents().forEach(view::accept);
        view.accept(present.investigation());
        view.accept(Asked.byModel("inc-8c41f7", now.minusSeconds(20)));
        view.accept(Asked.control(Asked.QUESTION.id(), Asked.QUESTION, "ada", now.minusSeconds(900)));
        view.accept(Asked.answer("inv-q1", now.minusSeconds(895)));
        view.accept(present.waits());
        LeakStory.ledger(418, now).forEach(view::accept);
    }

    /** What telemetry's attacker would like a console to obey. */
    private static Incident hostile(LeakStory story) {
        return Incident.newBuilder(story.resolved())
                .setPages(false)
                .setSentence(
                        "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> \u202Egnp")
                .build();
    }

    private static Map<String, StageHealth> health() {
        Map<String, StageHealth> health = new LinkedHashMap<>();
        for (String stage :
                List.of("ingest", "detect", "correlate", "investigate", "admission", "executor", "learn", "audit")) {
            health.put(stage, StageHealth.of(StageHealth.State.RUNNING));
        }
        health.put("investigator", new StageHealth(StageHealth.State.DEGRADED, "waits for Kafka"));
        return health;
    }

    /** Decisions come back as records, as they would through Kafka. */
    private record Echo(LiveView view, Clock clock) implements Decisions {

        @Override
        public void decide(ControlKind kind, String actionId, String planHash, String actor, String reason) {
            LeakStory present = new LeakStory("inc-8c41f7", clock.instant().minusSeconds(110));
            List<ActionEvent> repair = present.repair();
            view.accept(repair.get(1));
        }

        @Override
        public void halt(HaltMode mode, String actor, String reason) {
            view.accept(HaltRecord.newBuilder()
                    .setMode(mode)
                    .setActor(actor)
                    .setAt(clock.instant())
                    .setReason(reason)
                    .setChannel("console")
                    .build());
        }

        @Override
        public void ask(String subject, Question question, String actor) {
            view.accept(Asked.control(subject, question, actor, clock.instant()));
        }

        @Override
        public boolean haltFileSet() {
            return false;
        }
    }
}
