package io.nightshift.investigate.llm;

import io.nightshift.investigate.LlmSettings;
import io.nightshift.schemas.CauseHash;

/**
 * Names what was evaluated: a model as its server names it, with our instructions and parameters. Another release behind the
 * same name, another temperature or other instructions make another version.
 */
final class ModelVersion {

    private static final int DIGEST = 12;

    private ModelVersion() {}

    /**
     * @param reported the model that the server says it answered with; empty when it says nothing
     * @return the model's name, {@code @} and a digest
     */
    static String of(LlmSettings settings, String reported) {
        String all = String.join(
                "\n",
                settings.provider().word(),
                settings.model(),
                reported,
                String.valueOf(settings.temperature()),
                String.valueOf(settings.contextTokens()),
                Instructions.TEXT);
        return settings.model() + "@" + CauseHash.sha256(all).substring(0, DIGEST);
    }
}
