package io.nightshift.oversee.console;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.nightshift.oversee.console.Sessions.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Signing in with the operator's token, and out. */
final class LoginRoutes {

    private static final int LONGEST_TOKEN = 200;

    private final Gate gate;
    private final Sessions sessions;
    private final OperatorToken token;
    private final ConsoleSettings settings;

    LoginRoutes(Gate gate, Sessions sessions, OperatorToken token, ConsoleSettings settings) {
        this.gate = gate;
        this.sessions = sessions;
        this.token = token;
        this.settings = settings;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/session", request -> answer(request, gate.session(request)));
        routes.post("/api/login", this::login);
        routes.post("/api/logout", this::logout);
    }

    private void login(Context request) {
        if (!token.matches(Json.text(Json.body(request), "token", LONGEST_TOKEN))) {
            throw new Refusal(
                    403,
                    "this is not the operator's token; it stands in the file " + OperatorToken.FILE
                            + " in the folder of the installation");
        }
        Session session = sessions.open();
        cookie(request, session.id(), (int) Sessions.LIVES.toSeconds());
        answer(request, Optional.of(session));
    }

    private void logout(Context request) {
        sessions.close(gate.mayDecide(request).id());
        cookie(request, "", 0);
        answer(request, Optional.empty());
    }

    /** Not marked secure on loopback, where the console speaks plain HTTP. */
    private void cookie(Context request, String value, int maxAgeSeconds) {
        boolean secure = "https".equals(request.header("X-Forwarded-Proto"));
        request.cookie(new Cookie(Gate.COOKIE, value, "/", maxAgeSeconds, secure, true, null, SameSite.STRICT));
    }

    private void answer(Context request, Optional<Session> session) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("signedIn", session.isPresent());
        answer.put("mayRead", session.isPresent() || settings.readWithoutLogin());
        session.ifPresent(known -> {
            answer.put("csrf", known.csrf());
            answer.put("actor", settings.actor());
        });
        Json.answer(request, answer);
    }
}
