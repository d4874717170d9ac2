package io.nightshift.investigate.llm;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.nightshift.investigate.LlmSettings;

/** One model behind each protocol; all speak through the bounded HTTP client, and none retries by itself. */
final class ChatModels {

    private static final int ANSWER_BYTES = 1 << 20;

    /** What a server that wants no key is sent where the protocol demands one. */
    private static final String NO_KEY = "none";

    private ChatModels() {}

    /**
     * @param answerTokens greatest length of an answer
     */
    static ChatModel of(LlmSettings settings, int answerTokens) {
        HttpClientBuilder http = BoundedHttp.builder(settings.timeout(), ANSWER_BYTES);
        return switch (settings.provider()) {
            case OPENAI ->
                OpenAiChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(settings.baseUrl().toString())
                        .apiKey(key(settings))
                        .modelName(settings.model())
                        .temperature(settings.temperature())
                        .maxTokens(answerTokens)
                        .timeout(settings.timeout())
                        .maxRetries(0)
                        .build();
            case ANTHROPIC ->
                AnthropicChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(settings.baseUrl().toString())
                        .apiKey(key(settings))
                        .modelName(settings.model())
                        .temperature(settings.temperature())
                        .maxTokens(answerTokens)
                        .timeout(settings.timeout())
                        .maxRetries(0)
                        .build();
            case OLLAMA ->
                OllamaChatModel.builder()
                        .httpClientBuilder(http)
                        .baseUrl(settings.baseUrl().toString())
                        .modelName(settings.model())
                        .temperature(settings.temperature())
                        .numPredict(answerTokens)
                        .numCtx(settings.contextTokens())
                        .timeout(settings.timeout())
                        .maxRetries(0)
                        .build();
        };
    }

    private static String key(LlmSettings settings) {
        return settings.apiKey().isEmpty() ? NO_KEY : settings.apiKey();
    }
}
