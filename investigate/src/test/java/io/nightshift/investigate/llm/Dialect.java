package io.nightshift.investigate.llm;

import io.nightshift.investigate.LlmSettings.Provider;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** How each protocol words an answer; after the public descriptions of the three of them. */
enum Dialect {
    OPENAI(Provider.OPENAI, "/v1", "/v1/chat/completions") {
        @Override
        String says(String content) {
            return choice(Map.of("role", "assistant", "content", content), "stop");
        }

        @Override
        String callsTool(String name, Map<String, String> arguments) {
            Map<String, Object> function = Map.of("name", name, "arguments", ScriptedModel.json(arguments));
            Map<String, Object> call = Map.of("id", "call-1", "type", "function", "function", function);
            return choice(Map.of("role", "assistant", "tool_calls", List.of(call)), "tool_calls");
        }

        private String choice(Map<String, Object> message, String reason) {
            return ScriptedModel.json(Map.of(
                    "id", "chat-1",
                    "object", "chat.completion",
                    "model", "scripted-1",
                    "choices", List.of(Map.of("index", 0, "message", message, "finish_reason", reason)),
                    "usage", Map.of("prompt_tokens", 100, "completion_tokens", 20, "total_tokens", 120)));
        }
    },
    ANTHROPIC(Provider.ANTHROPIC, "/v1", "/v1/messages") {
        @Override
        String says(String content) {
            return message(Map.of("type", "text", "text", content), "end_turn");
        }

        @Override
        String callsTool(String name, Map<String, String> arguments) {
            return message(Map.of("type", "tool_use", "id", "call-1", "name", name, "input", arguments), "tool_use");
        }

        private String message(Map<String, Object> content, String reason) {
            return ScriptedModel.json(Map.of(
                    "id", "msg-1",
                    "type", "message",
                    "role", "assistant",
                    "model", "scripted-1",
                    "content", List.of(content),
                    "stop_reason", reason,
                    "usage", Map.of("input_tokens", 100, "output_tokens", 20)));
        }
    },
    OLLAMA(Provider.OLLAMA, "", "/api/chat") {
        @Override
        String says(String content) {
            return message(Map.of("role", "assistant", "content", content));
        }

        @Override
        String callsTool(String name, Map<String, String> arguments) {
            Map<String, Object> call = Map.of("function", Map.of("name", name, "arguments", arguments));
            return message(Map.of("role", "assistant", "content", "", "tool_calls", List.of(call)));
        }

        private String message(Map<String, Object> message) {
            return ScriptedModel.json(Map.of(
                    "model",
                    "scripted-1",
                    "created_at",
                    "2026-03-01T03:12:00Z",
                    "message",
                    message,
                    "done",
                    true,
                    "done_reason",
                    "stop",
                    "prompt_eval_count",
                    100,
                    "eval_count",
                    20));
        }
    };

    private final Provider provider;
    private final String base;
    private final String path;

    Dialect(Provider provider, String base, String path) {
        this.provider = provider;
        this.base = base;
        this.path = path;
    }

    abstract String says(String content);

    abstract String callsTool(String name, Map<String, String> arguments);

    Provider provider() {
        return provider;
    }

    String path() {
        return path;
    }

    URI baseUrl(String server) {
        return URI.create(server + base);
    }
}
