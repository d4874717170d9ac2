package io.nightshift.oversee.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.events.ControlKind;
import io.nightshift.events.HaltMode;
import io.nightshift.oversee.story.Asked;
import io.nightshift.oversee.story.LeakStory;
import io.nightshift.runtime.StageHealth;
import io.nightshift.schemas.Question;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real HTTP on a free port of loopback. */
class ConsoleServerTest {

    private static final Instant FAULT = Instant.parse("2026-01-10T03:12:00Z");
    private static final String APPROVAL = "{\"actionId\":\"act-inc-1\",\"planHash\":\"" + LeakStory.PLAN_HASH
            + "\",\"stepUp\":\"%s\",\"reason\":\"ok\"}";

    private final Clock clock = Clock.fixed(FAULT.plusSeconds(120), ZoneOffset.UTC);
    private final LiveView view = new LiveView(record -> true, clock);
    private final Recorded decisions = new Recorded();
    private final OperatorToken token = OperatorToken.random();
    private final HttpClient http = HttpClient.newHttpClient();
    private ConsoleServer server;

    @BeforeEach
    void start() {
        LeakStory story = new LeakStory("inc-1", FAULT);
        story.anomalies().forEach(view::accept);
        story.incidents().forEach(view::accept);
        view.accept(story.investigation());
        view.accept(story.waits());
        serve(false);
    }

    private void serve(boolean readWithoutLogin) {
        if (server != null) {
            server.close();
        }
        server = new ConsoleServer(settings(0, readWithoutLogin), token, view, decisions, Map::of, clock);
        server.start();
    }

    private static ConsoleSettings settings(int port, boolean readWithoutLogin) {
        return new ConsoleSettings(port, "localhost", readWithoutLogin, List.of(), "ada");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void nothingIsShownBeforeLogin() throws Exception {
        for (String path :
                List.of("/api/state", "/api/incidents", "/api/incidents/inc-1", "/api/graph", "/api/events")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(401);
        }
        assertThat(get("/api/incidents/inc-1/summary.md").statusCode()).isEqualTo(401);
        HttpRequest.Builder stream = request("/api/events").header("Accept", "text/event-stream");
        assertThat(send(stream.GET()).statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenOpensASessionThatMayRead() throws Exception {
        Person ada = signIn();
        JsonNode state = json(send(ada.request("/api/state").GET()));
        assertThat(state.get("awaiting").get(0).get("actionId").asText()).isEqualTo("act-inc-1");
        assertThat(state.get("incidents").get(0).get("standing").asText()).isEqualTo("waits for your decision");
    }

    @Test
    void aWrongTokenOpensNothing() throws Exception {
        HttpResponse<String> answer = send(post("/api/login", "{\"token\":\"guess\"}"));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void theCookieIsOutOfReachOfScriptsAndOtherSites() throws Exception {
        String cookie = send(post("/api/login", "{\"token\":\"" + token.text() + "\"}"))
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
    }

    @Test
    void readingWithoutLoginAllowsNoDecision() throws Exception {
        serve(true);
        assertThat(get("/api/state").statusCode()).isEqualTo(200);
        assertThat(send(post("/api/approve", APPROVAL.formatted(token.text()))).statusCode())
                .isEqualTo(401);
        assertThat(send(post("/api/halt", "{}")).statusCode()).isEqualTo(401);
        assertThat(decisions.made).isEmpty();
    }

    @Test
    void aForeignHostNameIsRefusedSoThatDnsRebindingFails() throws Exception {
        serve(true);
        assertThat(statusWithHost("evil.example:" + port())).isEqualTo(403);
        assertThat(statusWithHost("localhost:" + port())).isEqualTo(200);
    }

    @Test
    void everyAnswerCarriesAStrictContentPolicy() throws Exception {
        for (String path : List.of("/", "/assets/app.js", "/api/state", "/nowhere")) {
            String policy =
                    get(path).headers().firstValue("Content-Security-Policy").orElse("none on " + path);
            assertThat(policy)
                    .contains("default-src 'none'")
                    .contains("script-src 'self'")
                    .doesNotContain("unsafe");
        }
    }

    @Test
    void aDecisionNeedsTheCsrfToken() throws Exception {
        Person ada = signIn();
        HttpResponse<String> without = send(ada.post("/api/halt", "{}").setHeader(Gate.CSRF_HEADER, "wrong"));
        assertThat(without.statusCode()).isEqualTo(403);
        assertThat(decisions.made).isEmpty();
    }

    @Test
    void aDecisionFromAnotherOriginIsRefused() throws Exception {
        Person ada = signIn();
        assertThat(send(ada.post("/api/halt", "{}").setHeader("Origin", "http://evil.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(decisions.made).isEmpty();
    }

    @Test
    void anApprovalNeedsTheTokenOnceMoreAndIsBoundToThePlanThatWasShown() throws Exception {
        Person ada = signIn();
        assertThat(send(ada.post("/api/approve", APPROVAL.formatted("guess"))).statusCode())
                .isEqualTo(403);
        String otherPlan = APPROVAL.formatted(token.text()).replace(LeakStory.PLAN_HASH, "00");
        assertThat(send(ada.post("/api/approve", otherPlan)).statusCode()).isEqualTo(409);
        assertThat(decisions.made).isEmpty();

        assertThat(send(ada.post("/api/approve", APPROVAL.formatted(token.text())))
                        .statusCode())
                .isEqualTo(200);
        assertThat(decisions.made).containsExactly("APPROVE act-inc-1 " + LeakStory.PLAN_HASH + " by ada: ok");
    }

    @Test
    void whatNoLongerWaitsCannotBeApproved() throws Exception {
        Person ada = signIn();
        new LeakStory("inc-1", FAULT).repair().forEach(view::accept);
        assertThat(send(ada.post("/api/approve", APPROVAL.formatted(token.text())))
                        .statusCode())
                .isEqualTo(409);
        assertThat(decisions.made).isEmpty();
    }

    @Test
    void fiveWrongTokensAtTheStepUpEndTheSession() throws Exception {
        Person ada = signIn();
        for (int i = 0; i < 5; i++) {
            assertThat(send(ada.post("/api/deny", APPROVAL.formatted("guess"))).statusCode())
                    .isEqualTo(403);
        }
        assertThat(send(ada.post("/api/deny", APPROVAL.formatted(token.text()))).statusCode())
                .isEqualTo(401);
    }

    @Test
    void haltingNeedsNoStepUpButResumingDoes() throws Exception {
        Person ada = signIn();
        assertThat(send(ada.post("/api/halt", "{\"reason\":\"smoke\"}")).statusCode())
                .isEqualTo(200);
        assertThat(send(ada.post("/api/halt", "{\"freeze\":true}")).statusCode())
                .isEqualTo(200);
        assertThat(send(ada.post("/api/resume", "{}")).statusCode()).isEqualTo(403);
        assertThat(send(ada.post("/api/resume", "{\"stepUp\":\"" + token.text() + "\"}"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(decisions.made).containsExactly("HALT by ada: smoke", "FREEZE by ada: ", "RESUME by ada: ");
    }

    @Test
    void aDecisionThatKafkaDidNotTakeIsNotReportedAsDone() throws Exception {
        Person ada = signIn();
        decisions.fails = true;
        HttpResponse<String> answer = send(ada.post("/api/halt", "{}"));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("must not be taken as done");
    }

    @Test
    void theHaltFileShowsEvenWhenKafkaSaysNothing() throws Exception {
        serve(true);
        decisions.haltFile = true;
        assertThat(json(get("/api/state")).get("halt").get("mode").asText()).isEqualTo("halted");
    }

    @Test
    void brokenBodiesAreRefused() throws Exception {
        Person ada = signIn();
        String deep = "[".repeat(10_000);
        for (String body :
                List.of("", "nonsense", "[]", "{\"reason\":7}", deep, "{\"reason\":\"" + "x".repeat(600) + "\"}")) {
            assertThat(send(ada.post("/api/halt", body)).statusCode())
                    .as(body.substring(0, Math.min(9, body.length())))
                    .isEqualTo(400);
        }
        String huge = "{\"reason\":\"" + "x".repeat(100_000) + "\"}";
        assertThat(send(ada.post("/api/halt", huge)).statusCode()).isEqualTo(413);
        assertThat(decisions.made).isEmpty();
    }

    @Test
    void anUnknownIncidentIsNamedAsSuch() throws Exception {
        serve(true);
        assertThat(get("/api/incidents/none").statusCode()).isEqualTo(404);
        assertThat(get("/api/incidents/inc-1/summary.md").body()).startsWith("# 17 % of requests");
    }

    @Test
    void anOpenPageIsToldThatSomethingChanged() throws Exception {
        serve(true);
        try (BufferedReader events = new BufferedReader(new InputStreamReader(
                http.send(
                                request("/api/events")
                                        .header("Accept", "text/event-stream")
                                        .GET()
                                        .build(),
                                HttpResponse.BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8))) {
            long before = nextVersion(events);
            view.accept(new LeakStory("inc-1", FAULT).repair().get(4));
            long after = nextVersion(events);
            while (after <= before) {
                after = nextVersion(events);
            }
            assertThat(after).isEqualTo(before + 1);
        }
    }

    @Test
    void aTakenPortIsNamedWithItsRemedy() {
        ConsoleServer second = new ConsoleServer(settings(port(), false), token, view, decisions, Map::of, clock);
        assertThatThrownBy(second::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("localhost:" + port())
                .hasMessageContaining("oversee.console.port");
        second.close();
    }

    @Test
    void stagesAreListedWithTheirHealth() throws Exception {
        server.close();
        server = new ConsoleServer(
                settings(0, true),
                token,
                view,
                decisions,
                () -> Map.of("detect", new StageHealth(StageHealth.State.DEGRADED, "rebalancing")),
                clock);
        server.start();
        JsonNode stage = json(get("/api/state")).get("stages").get(0);
        assertThat(stage.get("state").asText()).isEqualTo("degraded");
        assertThat(stage.get("detail").asText()).isEqualTo("rebalancing");
    }

    private static long nextVersion(BufferedReader events) throws IOException {
        String line = events.readLine();
        while (line != null && !line.startsWith("data: ")) {
            line = events.readLine();
        }
        return Long.parseLong(line.substring("data: ".length()));
    }

    private int port() {
        return URI.create(server.url()).getPort();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path));
    }

    private HttpRequest.Builder post(String path, String body) {
        return request(path)
                .header("Origin", server.url())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    /** The JDK's client sets the Host header itself, so this one is written by hand. */
    private int statusWithHost(String host) throws IOException {
        try (Socket socket = new Socket("localhost", port())) {
            socket.getOutputStream()
                    .write(("GET /api/state HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String status = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return Integer.parseInt(status.split(" ")[1]);
        }
    }

    private Person signIn() throws IOException, InterruptedException {
        HttpResponse<String> answer = send(post("/api/login", "{\"token\":\"" + token.text() + "\"}"));
        assertThat(answer.statusCode()).isEqualTo(200);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        return new Person(cookie, json(answer).get("csrf").asText());
    }

    /** A browser that is signed in. */
    private final class Person {

        private final String cookie;
        private final String csrf;

        Person(String cookie, String csrf) {
            this.cookie = cookie;
            this.csrf = csrf;
        }

        HttpRequest.Builder request(String path) {
            return ConsoleServerTest.this.request(path).header("Cookie", cookie);
        }

        HttpRequest.Builder post(String path, String body) {
            return ConsoleServerTest.this
                    .post(path, body)
                    .header("Cookie", cookie)
                    .header(Gate.CSRF_HEADER, csrf);
        }
    }

    @Test
    void aQuestionIsAskedByWhoIsSignedInAndNamedAfterWhatIsAsked() throws Exception {
        Person ada = signIn();
        String body = "{\"question\":\" why is gateway slow? \",\"environment\":\"demo\"}";

        JsonNode asked = json(send(ada.post("/api/ask", body)));

        assertThat(asked.get("id").asText()).isEqualTo(Asked.QUESTION.id());
        assertThat(decisions.made)
                .containsExactly(
                        "ask " + Asked.QUESTION.id() + " {question=why is gateway slow?, environment=demo} by ada");
    }

    @Test
    void aQuestionAboutAnIncidentKnowsWhereAndSinceWhen() throws Exception {
        Person ada = signIn();

        JsonNode asked = json(send(ada.post("/api/ask", "{\"incidentId\":\"inc-1\",\"question\":\"\"}")));

        assertThat(asked.get("id").asText()).isEqualTo("inc-1");
        assertThat(decisions.made)
                .singleElement()
                .asString()
                .startsWith("ask inc-1 {question=, environment=demo, services=demo/shop/gateway,demo/shop/inventory,")
                .contains("from=2026-01-10T03:12:");
    }

    @Test
    void aQuestionNeedsAPersonTheCsrfTokenAndWords() throws Exception {
        String body = "{\"question\":\"why is gateway slow?\"}";
        assertThat(send(post("/api/ask", body)).statusCode()).isEqualTo(401);
        Person ada = signIn();
        assertThat(send(ada.post("/api/ask", body).setHeader(Gate.CSRF_HEADER, "wrong"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(send(ada.post("/api/ask", "{\"question\":\" \"}")).statusCode())
                .isEqualTo(400);
        assertThat(send(ada.post("/api/ask", "{\"question\":\"" + "x".repeat(501) + "\"}"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(ada.post("/api/ask", "{\"incidentId\":\"inc-9\"}")).statusCode())
                .isEqualTo(404);
        assertThat(decisions.made).isEmpty();
    }

    @Test
    void anInvestigationIsExplainedInFullAndAsDataOnly() throws Exception {
        view.accept(Asked.byModel("inc-1", FAULT.plusSeconds(100)));
        Person ada = signIn();

        HttpResponse<String> answer =
                send(ada.request("/api/investigations/inv-model-inc-1").GET());
        JsonNode one = json(answer);

        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.body()).doesNotContain("\u001b");
        assertThat(one.at("/looks/1/arguments").asText()).isEqualTo(Asked.HOSTILE);
        assertThat(one.at("/evidence/6/refs/0").asText()).isEqualTo("telemetry.logs-4@99");
        assertThat(one.at("/skills/0/changed").asText()).isEqualTo("looked for growth over restarts");
        assertThat(one.at("/disagreement").asText()).contains("the ranker a leak");
        assertThat(json(send(ada.request("/api/incidents/inc-1").GET()))
                        .get("investigations")
                        .findValuesAsText("id"))
                .containsExactly("inv-inc-1", "inv-model-inc-1");
        assertThat(get("/api/investigations/inv-inc-1").statusCode()).isEqualTo(401);
        assertThat(send(ada.request("/api/investigations/inv-9").GET()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void questionsStandBesideTheIncidentsAndAreNone() throws Exception {
        view.accept(Asked.control(Asked.QUESTION.id(), Asked.QUESTION, "bob", FAULT.plusSeconds(80)));
        Person ada = signIn();
        JsonNode waiting = json(send(ada.request("/api/state").GET()));
        assertThat(waiting.at("/questions/0/text").asText()).isEqualTo("why is gateway slow?");
        assertThat(waiting.at("/questions/0/answers")).isEmpty();

        view.accept(Asked.answer("inv-q1", FAULT.plusSeconds(90)));
        JsonNode answered = json(send(ada.request("/api/state").GET()));
        assertThat(answered.at("/questions/0/answers/0/id").asText()).isEqualTo("inv-q1");
        assertThat(answered.at("/questions/0/askedBy").asText()).isEqualTo("bob");
        assertThat(answered.get("incidents").findValuesAsText("id")).containsExactly("inc-1");
    }

    private static final class Recorded implements Decisions {

        private final List<String> made = new ArrayList<>();
        private volatile boolean fails;
        private volatile boolean haltFile;

        @Override
        public void decide(ControlKind kind, String actionId, String planHash, String actor, String reason) {
            made.add(kind + " " + actionId + " " + planHash + " by " + actor + ": " + reason);
        }

        @Override
        public void halt(HaltMode mode, String actor, String reason) {
            if (fails) {
                throw new IllegalStateException("halt did not take the record in 15 s");
            }
            made.add(mode + " by " + actor + ": " + reason);
        }

        @Override
        public void ask(String subject, Question question, String actor) {
            made.add("ask " + subject + " " + question.arguments() + " by " + actor);
        }

        @Override
        public boolean haltFileSet() {
            return haltFile;
        }
    }
}
