package io.nightshift.investigate.look;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.investigate.look.ToolSettings.Kind;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolSettingsTest {

    @TempDir
    Path folder;

    private List<ToolSettings> read(String yaml) throws IOException {
        Path file = folder.resolve("nightshift.yaml");
        Files.writeString(file, yaml);
        return ToolSettings.all(ConfigFile.read(file).section("investigate"));
    }

    private void refused(String yaml, String... words) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(ConfigException.class).hasMessageContainingAll(words);
    }

    /** A list of one, whose keys stand on the lines given. */
    private static String tool(String... lines) {
        return "investigate:\n  tools:\n    - " + String.join("\n      ", lines) + "\n";
    }

    @Test
    void nothing_listed_is_nothing_to_look_at() throws IOException {
        assertThat(read("investigate: {threads: 2}")).isEmpty();
    }

    @Test
    void each_kind_is_read_with_its_defaults() throws IOException {
        List<ToolSettings> tools = read("""
                investigate:
                  tools:
                    - {kind: prometheus, url: "http://prometheus:9090/"}
                    - {kind: loki, name: logs, url: "https://loki/base", tenant: shop, timeout: 2s, maxLines: 10, maxKilobytes: 64}
                    - {kind: elasticsearch, url: "https://es:9200", indices: [logs-*], timeField: time}
                    - {kind: kubernetes, url: "https://kubernetes.default.svc", namespaces: [shop]}
                    - {kind: mcp, name: docs, command: [docs-server, --stdio], tools: [search], environment: [PATH]}
                """);

        assertThat(tools)
                .extracting(ToolSettings::name)
                .containsExactly("prometheus", "logs", "elasticsearch", "kubernetes", "docs");
        assertThat(tools.get(0).endpoint().orElseThrow().url()).hasToString("http://prometheus:9090");
        assertThat(tools.get(0).limits()).isEqualTo(ToolSettings.Limits.defaults());
        assertThat(tools.get(1).limits()).isEqualTo(new ToolSettings.Limits(Duration.ofSeconds(2), 65_536, 10));
        assertThat(tools.get(1).endpoint().orElseThrow().tenant()).isEqualTo("shop");
        assertThat(tools.get(2).timeField()).isEqualTo("time");
        assertThat(tools.get(4).kind()).isEqualTo(Kind.MCP);
        assertThat(tools.get(4).command()).containsExactly("docs-server", "--stdio");
        assertThat(tools.get(4).endpoint()).isEmpty();
    }

    @Test
    void a_key_that_is_unknown_is_refused_with_file_line_and_the_nearest() {
        refused(
                tool("kind: prometheus", "url: http://p", "timout: 3s"),
                "nightshift.yaml:5",
                "'timout' is unknown",
                "'timeout'");
        refused(tool("kind: prometheus", "url: http://p", "namespaces: [shop]"), "'namespaces' is unknown");
        refused(tool("kind: promethius", "url: http://p"), "nightshift.yaml:3", "did you mean 'prometheus'?");
        refused(tool("url: http://p"), "'kind' is missing");
    }

    @Test
    void an_address_is_one_and_holds_neither_password_nor_query() {
        refused(tool("kind: prometheus"), "'url' is missing");
        refused(tool("kind: prometheus", "url: file:///etc/passwd"), "must begin with http");
        refused(tool("kind: prometheus", "url: http://user:word@p"), "basicEnv");
        refused(tool("kind: prometheus", "url: http://p?x=1"), "must end before ?");
        refused(tool("kind: prometheus", "url: 'http://a b'"), "no address");
    }

    @Test
    void an_empty_scope_never_means_everything() {
        refused(tool("kind: kubernetes", "url: https://k"), "'namespaces' is missing");
        refused(tool("kind: kubernetes", "url: https://k", "namespaces: []"), "namespaces is empty");
        refused(tool("kind: kubernetes", "url: https://k", "namespaces: [../x]"), "can't stand in namespaces");
        refused(
                tool("kind: elasticsearch", "url: https://k", "indices: ['a/_delete_by_query?']"),
                "can't stand in indices");
        refused(tool("kind: mcp", "url: https://k"), "'tools' is missing");
        refused(tool("kind: mcp", "url: https://k", "tools: [a.b, a_b]"), "two tools would be named mcp_a_b");
        refused(tool("kind: mcp", "url: https://k", "tools: [" + "a".repeat(45) + "]"), "longer than 48 characters");
        refused(tool("kind: mcp", "command: []", "tools: [a]"), "command is empty");
        refused(tool("kind: mcp", "url: https://k", "command: [x]", "tools: [a]"), "not both");
        refused(tool("kind: mcp", "command: [x]", "tools: [a]", "environment: [SURELY_NOT_SET_77]"), "is not set");
    }

    @Test
    void names_are_unique_and_made_for_tools() {
        refused(tool("kind: prometheus", "url: http://p", "name: Prom-1"), "small letters");
        refused(tool("kind: prometheus", "url: http://p", "name: telemetry"), "is taken");
        refused(
                "investigate:\n  tools:\n    - {kind: loki, url: 'http://a'}\n    - {kind: loki, url: 'http://b'}\n",
                "the name 'loki' is taken");
    }

    @Test
    void a_secret_is_named_never_written_and_shown_nowhere() throws IOException {
        Path token = folder.resolve("token");
        Files.writeString(token, "first-secret\n");
        Endpoint endpoint = read(tool("kind: kubernetes", "url: https://k", "namespaces: [shop]", "tokenFile: token"))
                .get(0)
                .endpoint()
                .orElseThrow();

        assertThat(endpoint.authorisation().header()).hasValue("Bearer first-secret");
        Files.writeString(token, "second-secret\n");
        assertThat(endpoint.authorisation().header()).hasValue("Bearer second-secret");
        assertThat(endpoint.toString()).isEqualTo("https://k (authorisation tokenFile)");

        refused(tool("kind: loki", "url: http://l", "bearerEnv: SURELY_NOT_SET_77"), "SURELY_NOT_SET_77 is not set");
        refused(tool("kind: loki", "url: http://l", "tokenFile: nowhere"), "can't be read");
        Files.writeString(token, "two\nlines");
        refused(tool("kind: loki", "url: http://l", "tokenFile: token"), "no token");
        refused(tool("kind: loki", "url: http://l", "tokenFile: token", "bearerEnv: X"), "keep one");
        refused(tool("kind: loki", "url: http://l", "caFile: token"), "holds no certificates");
    }

    @Test
    void the_credential_and_the_tenant_go_with_each_request() throws Exception {
        Files.writeString(folder.resolve("token"), "s3cret");
        try (FakeApi api = new FakeApi()) {
            api.on("/loki/api/v1/labels", "{\"status\":\"success\",\"data\":[]}");
            Loki loki = new Loki(
                    read(tool("kind: loki", "url: " + api.url(), "tokenFile: token", "tenant: shop"))
                            .get(0),
                    Looking.CLOCK);

            loki.check(Duration.ofSeconds(10));

            assertThat(api.last().headers())
                    .containsEntry("Authorization", "Bearer s3cret")
                    .containsEntry("X-scope-orgid", "shop");
        }
    }
}
