package io.nightshift.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nightshift.events.EntityRef;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client against a scripted server over real HTTP. */
class ConfluentRegistryTest {

    private static final Schema SCHEMA = EntityRef.getClassSchema();

    private static final Answer UNKNOWN = new Answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");

    private record Answer(int status, String body) {}

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final Deque<Answer> script = new ArrayDeque<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 4);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            asked.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getPath() + (body.contains("EntityRef") ? " EntityRef" : ""));
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            Answer next = script.size() > 1 ? script.remove() : script.peek();
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(next.status(), 0);
            exchange.getResponseBody().write(next.body().getBytes(UTF_8));
        }
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static String schemaAnswer(Schema schema) {
        return "{\"schema\":\"" + schema.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }

    @Test
    void aSchemaIsRegisteredOnceAndItsIdRemembered() {
        script.add(new Answer(200, "{\"id\":7}"));
        ConfluentRegistry registry = ConfluentRegistry.at(url(), Map.of());

        assertThat(registry.idOf("actions-value", SCHEMA)).isEqualTo(7);
        assertThat(registry.idOf("actions-value", SCHEMA)).isEqualTo(7);
        assertThat(asked).containsExactly("POST /subjects/actions-value/versions EntityRef");
    }

    @Test
    void aSchemaIsFoundByItsIdOnce() {
        script.add(new Answer(200, schemaAnswer(SCHEMA)));
        ConfluentRegistry registry = ConfluentRegistry.at(url(), Map.of());

        assertThat(registry.byId(7)).isEqualTo(SCHEMA);
        assertThat(registry.byId(7)).isEqualTo(SCHEMA);
        assertThat(asked).containsExactly("GET /schemas/ids/7");
    }

    @Test
    void aFaultThatPassesIsTriedAgain() {
        script.add(new Answer(503, "{\"error_code\":50301,\"message\":\"starting\"}"));
        script.add(new Answer(200, "{\"id\":7}"));

        assertThat(ConfluentRegistry.at(url(), Map.of()).idOf("actions-value", SCHEMA))
                .isEqualTo(7);
        assertThat(asked).hasSize(2);
    }

    @Test
    void anIncompatibleSchemaIsRefusedAtOnceWithSubjectAndRemedy() {
        script.add(new Answer(409, "{\"error_code\":409,\"message\":\"field x has no default\"}"));

        assertThatThrownBy(() -> ConfluentRegistry.at(url(), Map.of()).idOf("actions-value", SCHEMA))
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.isTransient())
                        .isFalse())
                .hasMessageContaining("actions-value")
                .hasMessageContaining("field x has no default")
                .hasMessageContaining("give each new field a default");
        assertThat(asked).hasSize(1);
    }

    @Test
    void anUnknownIdIsRefusedAfterAWhileAndThenAtOnce() {
        script.add(UNKNOWN);
        ConfluentRegistry registry = ConfluentRegistry.at(url(), Map.of());

        assertThatThrownBy(() -> registry.byId(99))
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.isTransient())
                        .isFalse())
                .hasMessageContaining("99");
        int calls = asked.size();
        assertThat(calls).isGreaterThan(1);
        assertThatThrownBy(() -> registry.byId(99))
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.isTransient())
                        .isFalse())
                .hasMessageContaining("99");
        assertThat(asked).hasSize(calls);
    }

    @Test
    void anIdThatARegistryDoesNotKnowYetAfterItsStartIsFound() {
        script.add(UNKNOWN);
        script.add(UNKNOWN);
        script.add(new Answer(200, schemaAnswer(SCHEMA)));

        assertThat(ConfluentRegistry.at(url(), Map.of()).byId(7)).isEqualTo(SCHEMA);
    }

    @Test
    void manyUnknownIdsTogetherAreWaitedForNoLongerThanAFewAre() {
        script.add(UNKNOWN);
        ConfluentRegistry registry = ConfluentRegistry.at(url(), Map.of());

        long began = System.nanoTime();
        for (int id = 100; id < 130; id++) {
            int poison = id;
            assertThatThrownBy(() -> registry.byId(poison)).isInstanceOf(RegistryException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        assertThat(asked).hasSizeGreaterThanOrEqualTo(30); // Each was asked for once.
    }

    @Test
    void credentialsAreSentAndNeverToldInMessages() {
        script.add(new Answer(401, "{\"error_code\":401,\"message\":\"no\"}"));

        assertThatThrownBy(() -> ConfluentRegistry.at(url(), Map.of("basic.auth.user.info", "ann:s3cret"))
                        .byId(1))
                .hasMessageContaining(url())
                .hasMessageContaining("basic.auth.user.info")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> ConfluentRegistry.at(url(), Map.of("bearer.auth.token", "t0ken"))
                        .byId(1))
                .hasMessageNotContaining("t0ken");
        assertThat(authorizations).containsExactly("Basic YW5uOnMzY3JldA==", "Bearer t0ken");
    }

    @Test
    void aRegistryThatIsAwayIsNamedAndTheFaultIsAPassingOne() {
        String url = url();
        server.stop(0);

        assertThatThrownBy(() -> ConfluentRegistry.at(url, Map.of()).byId(1))
                .isInstanceOfSatisfying(RegistryException.class, e -> assertThat(e.isTransient())
                        .isTrue())
                .hasMessageContaining(url)
                .hasMessageContaining("check that it runs");
    }
}
