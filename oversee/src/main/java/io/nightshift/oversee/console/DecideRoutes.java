package io.nightshift.oversee.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.nightshift.events.ControlKind;
import io.nightshift.events.HaltMode;
import io.nightshift.oversee.console.Sessions.Session;
import io.nightshift.oversee.domain.view.ActionView;
import java.util.Map;

/**
 * What a person can decide here. Approving, denying and resuming need the token once more, so that a browser left open
 * approves nothing; halting does not, because stopping must never be harder than going on.
 */
final class DecideRoutes {

    private static final int LONGEST_ID = 200;
    private static final int LONGEST_REASON = 500;

    private final Gate gate;
    private final Sessions sessions;
    private final OperatorToken token;
    private final LiveView view;
    private final Decisions decisions;
    private final String actor;

    DecideRoutes(Gate gate, Sessions sessions, OperatorToken token, LiveView view, Decisions decisions, String actor) {
        this.gate = gate;
        this.sessions = sessions;
        this.token = token;
        this.view = view;
        this.decisions = decisions;
        this.actor = actor;
    }

    void register(RoutesConfig routes) {
        routes.post("/api/approve", request -> decide(request, ControlKind.APPROVE));
        routes.post("/api/deny", request -> decide(request, ControlKind.DENY));
        routes.post("/api/halt", this::halt);
        routes.post("/api/resume", this::resume);
    }

    private void decide(Context request, ControlKind kind) {
        Session session = gate.mayDecide(request);
        JsonNode body = Json.body(request);
        stepUp(session, body);
        String actionId = Json.text(body, "actionId", LONGEST_ID);
        String planHash = Json.text(body, "planHash", LONGEST_ID);
        ActionView waiting = view.awaiting().stream()
                .filter(action -> action.actionId().equals(actionId))
                .findFirst()
                .orElseThrow(() -> new Refusal(409, "this action no longer waits for a decision"));
        if (planHash.isEmpty() || !waiting.planHash().equals(planHash)) {
            throw new Refusal(409, "the plan is another than the one that was shown; load the page again and read it");
        }
        decisions.decide(kind, actionId, planHash, actor, Json.text(body, "reason", LONGEST_REASON));
        done(request);
    }

    private void halt(Context request) {
        gate.mayDecide(request);
        JsonNode body = Json.body(request);
        JsonNode freeze = body.get("freeze");
        HaltMode mode = freeze != null && freeze.asBoolean() ? HaltMode.FREEZE : HaltMode.HALT;
        decisions.halt(mode, actor, Json.text(body, "reason", LONGEST_REASON));
        done(request);
    }

    private void resume(Context request) {
        Session session = gate.mayDecide(request);
        JsonNode body = Json.body(request);
        stepUp(session, body);
        decisions.halt(HaltMode.RESUME, actor, Json.text(body, "reason", LONGEST_REASON));
        done(request);
    }

    private void stepUp(Session session, JsonNode body) {
        if (!token.matches(Json.text(body, "stepUp", LONGEST_ID))) {
            sessions.wrongToken(session);
            throw new Refusal(403, "enter the operator's token once more to confirm; what was entered is not it");
        }
    }

    private static void done(Context request) {
        Json.answer(request, Map.of("done", true));
    }
}
