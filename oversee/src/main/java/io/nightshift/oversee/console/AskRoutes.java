package io.nightshift.oversee.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.nightshift.schemas.Question;
import java.util.List;
import java.util.Map;

/**
 * Asking why. It needs a person as a decision does, since an answer costs time and perhaps money; not the token once more,
 * since it changes nothing.
 */
final class AskRoutes {

    private static final int LONGEST_ID = 200;

    private final Gate gate;
    private final LiveView view;
    private final Decisions decisions;
    private final String actor;

    AskRoutes(Gate gate, LiveView view, Decisions decisions, String actor) {
        this.gate = gate;
        this.view = view;
        this.decisions = decisions;
        this.actor = actor;
    }

    void register(RoutesConfig routes) {
        routes.post("/api/ask", this::ask);
    }

    private void ask(Context request) {
        gate.mayDecide(request);
        JsonNode body = Json.body(request);
        String incident = Json.text(body, "incidentId", LONGEST_ID);
        String text = Json.text(body, "question", Question.LONGEST).strip();
        Question question = incident.isEmpty() ? question(body, text) : about(incident, text);
        String subject = incident.isEmpty() ? question.id() : incident;
        decisions.ask(subject, question, actor);
        Json.answer(request, Map.of("id", subject));
    }

    private static Question question(JsonNode body, String text) {
        if (text.isEmpty()) {
            throw new Refusal(400, "the question is empty; write one such as: why is checkout slow?");
        }
        String service = Json.text(body, "service", LONGEST_ID).strip();
        return new Question(
                text,
                Json.text(body, "environment", LONGEST_ID).strip(),
                service.isEmpty() ? List.of() : List.of(service),
                null,
                null);
    }

    private Question about(String incident, String text) {
        return view.question(incident, text)
                .orElseThrow(() -> new Refusal(404, "no such incident is known; the console keeps the last 200"));
    }
}
