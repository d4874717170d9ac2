package io.nightshift.investigate;

import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.Secrets;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * The language model, section {@code investigate.llm}. Any server that speaks OpenAI's chat completions will do; Ollama does
 * under {@code /v1}.
 *
 * @param baseUrl address up to and with {@code /v1}
 * @param model name of the model
 * @param apiKey secret for it; empty for a server that wants none
 * @param timeout for one call
 * @param maxTokensPerIncident tokens in and out that one investigation may use
 * @param maxTokensPerDay tokens in and out that all investigations may use between two midnights UTC
 * @param contextTokens tokens that the model takes in at once; the pack shrinks to fit
 */
public record LlmSettings(
        URI baseUrl,
        String model,
        String apiKey,
        Duration timeout,
        long maxTokensPerIncident,
        long maxTokensPerDay,
        int contextTokens) {

    private static final Set<String> KEYS = Set.of(
            "baseUrl", "model", "apiKeyEnv", "timeout", "maxTokensPerIncident", "maxTokensPerDay", "contextTokens");

    static LlmSettings from(ConfigNode node) {
        node.allowOnly(KEYS);
        return new LlmSettings(
                URI.create(node.require("baseUrl").text()),
                node.require("model").text(),
                node.get("apiKeyEnv").map(LlmSettings::secret).orElse(""),
                node.duration("timeout", Duration.ofSeconds(30)),
                node.integer("maxTokensPerIncident", 60_000),
                node.integer("maxTokensPerDay", 1_000_000),
                node.integer("contextTokens", 16_000));
    }

    private static String secret(ConfigNode node) {
        return Secrets.fromEnvironment(node.text())
                .orElseThrow(() -> node.error("the environment variable " + node.text()
                        + " is not set; export it, or leave apiKeyEnv out for a model that wants no key"));
    }

    /** Without the secret: settings end up in logs. */
    @Override
    public String toString() {
        return "LlmSettings[" + baseUrl + ", " + model + "]";
    }
}
