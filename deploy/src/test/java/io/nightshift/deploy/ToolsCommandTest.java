package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsCommandTest {

    @TempDir
    Path folder;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/query", exchange -> {
            byte[] answer = "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String config(String... tools) throws IOException {
        Path file = folder.resolve("nightshift.yaml");
        Files.writeString(
                file,
                tools.length == 0
                        ? "investigate: {}\n"
                        : "investigate:\n  tools:\n    - " + String.join("\n    - ", tools) + "\n");
        return file.toString();
    }

    private String url() {
        return "\"http://127.0.0.1:" + server.getAddress().getPort() + "\"";
    }

    @Test
    void the_list_names_servers_tools_and_parameters() throws Exception {
        Told told = Told.by("tools", "list", "--config", config("{kind: prometheus, url: " + url() + "}"), "--json");

        assertThat(told.status()).isZero();
        JsonNode all = new ObjectMapper().readTree(told.out());
        assertThat(all.path(0).path("name").asText()).isEqualTo("prometheus");
        assertThat(all.path(0).path("tools").findValuesAsText("name")).contains("prometheus_query", "query");
    }

    @Test
    void a_check_tells_which_server_answers_and_which_does_not() throws Exception {
        String config =
                config("{kind: prometheus, url: " + url() + "}", "{kind: jaeger, name: traces, url: " + url() + "}");

        Told told = Told.by("tools", "check", "--config", config);
        assertThat(told.status()).isEqualTo(1);
        assertThat(told.out())
                .containsPattern("ok +prometheus +prometheus +answers queries")
                .containsPattern("FAILED +traces +jaeger +traces has nothing there \\(404\\)");

        Told json = Told.by("tools", "check", "--config", config, "--json");
        assertThat(new ObjectMapper().readTree(json.out()).path(1).path("ok").asBoolean(true))
                .isFalse();
    }

    @Test
    void nothing_listed_is_said_and_a_mistake_names_its_line() throws Exception {
        assertThat(Told.by("tools", "check", "--config", config()).out()).contains("no servers are listed");

        Told mistake = Told.by("tools", "list", "--config", config("{kind: prometheus, uri: x}"));
        mistake.refusesInOneLine("nightshift.yaml:3", "'uri' is unknown", "'url'");
        assertThat(Told.by("tools", "list").status()).isEqualTo(2);
    }
}
