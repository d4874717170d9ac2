package io.nightshift.investigate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.investigate.LlmSettings.Provider;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.config.ConfigNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LlmSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void a_name_alone_is_enough_for_a_server_that_speaks_openais_protocol() {
        LlmSettings settings = LlmSettings.from(yaml("model: small"));

        assertThat(settings.provider()).isEqualTo(Provider.OPENAI);
        assertThat(settings.baseUrl()).isEqualTo(URI.create("https://api.openai.com/v1"));
        assertThat(settings.perIncident().costMicros()).isEqualTo(Long.MAX_VALUE);
        assertThat(settings.evaluated()).isEmpty();
    }

    @Test
    void everything_can_be_set() {
        LlmSettings settings = LlmSettings.from(yaml(
                "provider: ollama",
                "baseUrl: http://gpu:11434",
                "model: qwen2.5:7b",
                "temperature: 0.2",
                "timeout: 40s",
                "contextTokens: 4096",
                "turns: 5",
                "price: {in: 2.5, out: 10}",
                "maxTokensPerIncident: 1000",
                "maxTokensPerDay: 2000",
                "maxMoneyPerIncident: 0.25",
                "maxMoneyPerDay: 5",
                "maxTimePerIncident: 30s",
                "maxTimePerDay: 1h",
                "evaluated: ['qwen2.5:7b@0123456789ab']"));

        assertThat(settings.provider()).isEqualTo(Provider.OLLAMA);
        assertThat(settings.contextTokens()).isEqualTo(4_096);
        assertThat(settings.turns()).isEqualTo(5);
        assertThat(settings.price().micros(1_000_000, 100_000)).isEqualTo(3_500_000);
        assertThat(settings.perIncident()).isEqualTo(new LlmSettings.Limits(1_000, 250_000, Duration.ofSeconds(30)));
        assertThat(settings.perDay()).isEqualTo(new LlmSettings.Limits(2_000, 5_000_000, Duration.ofHours(1)));
        assertThat(settings.evaluated()).isEqualTo(Set.of("qwen2.5:7b@0123456789ab"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "provider: clippy | write openai",
                "contextTokens: 1000 | from 4096",
                "temperature: 3 | from 0 to 2",
                "turns: 0 | from 1",
                "maxMoneyPerDay: 5 | add price",
                "price: {inn: 3} | inn",
                "apiKeyEnv: NIGHTSHIFT_NO_SUCH_VARIABLE | is not set",
                "modle: small | model",
                "baseUrl: localhost:11434 | like http://host:port",
                "baseUrl: http://[gpu | like http://host:port"
            })
    void what_can_not_work_is_refused_with_the_remedy(String line, String remedy) {
        assertThatThrownBy(() -> LlmSettings.from(yaml("model: small", line))).hasMessageContaining(remedy);
    }

    private ConfigNode yaml(String... lines) {
        try {
            return ConfigFile.read(Files.write(folder.resolve("night.yaml"), List.of(lines)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
