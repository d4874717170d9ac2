package io.nightshift.oversee.console;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.nightshift.oversee.domain.view.ConsoleState;
import io.nightshift.oversee.domain.view.CoverageView;
import io.nightshift.oversee.domain.view.HaltView;
import io.nightshift.runtime.StageHealth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What can be looked at. */
final class ReadRoutes {

    private final Gate gate;
    private final LiveView view;
    private final Decisions decisions;
    private final Supplier<Map<String, StageHealth>> health;

    ReadRoutes(Gate gate, LiveView view, Decisions decisions, Supplier<Map<String, StageHealth>> health) {
        this.gate = gate;
        this.view = view;
        this.decisions = decisions;
        this.health = health;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/state", request -> read(request, state()));
        routes.get("/api/incidents", request -> read(request, view.state().incidents()));
        routes.get("/api/incidents/{id}", request -> read(request, found(view.incident(request.pathParam("id")))));
        routes.get("/api/incidents/{id}/summary.md", this::summary);
        routes.get("/api/investigations/{id}", this::explanation);
        routes.get("/api/graph", request -> read(request, view.graph()));
    }

    private void read(Context request, Object answer) {
        gate.mayRead(request);
        Json.answer(request, answer);
    }

    private void explanation(Context request) {
        gate.mayRead(request);
        Json.answer(
                request,
                view.explanation(request.pathParam("id"))
                        .orElseThrow(() -> new Refusal(404, "no such investigation is known any more")));
    }

    private void summary(Context request) {
        gate.mayRead(request);
        request.contentType("text/plain; charset=utf-8").result(found(view.summary(request.pathParam("id"))));
    }

    private static <T> T found(Optional<T> answer) {
        return answer.orElseThrow(() -> new Refusal(404, "no such incident is known; the console keeps the last 200"));
    }

    private Map<String, Object> state() {
        ConsoleState state = view.state();
        HaltView halt = state.halt();
        if (decisions.haltFileSet() && halt.mode().equals("running")) {
            halt = new HaltView("halted", "", null, "the halt file is set", "file", halt.note());
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("version", state.version());
        answer.put("now", state.now());
        answer.put("halt", halt);
        answer.put("ledger", state.ledger());
        answer.put("graph", state.graph());
        answer.put("incidents", state.incidents());
        answer.put("awaiting", state.awaiting());
        answer.put("questions", state.questions());
        answer.put("coverage", state.coverage().stream().map(Coverage::of).toList());
        answer.put("openAnomalies", state.openAnomalies());
        answer.put("stages", stages());
        return answer;
    }

    private List<Stage> stages() {
        return health.get().entrySet().stream()
                .map(entry -> new Stage(
                        entry.getKey(),
                        entry.getValue().state().name().toLowerCase(Locale.ROOT),
                        entry.getValue().detail()))
                .toList();
    }

    private record Coverage(String service, int series, int judged, String words) {

        static Coverage of(CoverageView view) {
            return new Coverage(view.service(), view.series(), view.judged(), view.words());
        }
    }

    private record Stage(String name, String state, String detail) {}
}
