package io.nightshift.investigate.llm;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import java.util.List;

/**
 * What fits into a model's context. Tokens are guessed from characters, and the guess is corrected by what the server counts.
 */
final class Window {

    /** Characters a token stands for, on the safe side for names and numbers. */
    private static final double CHARACTERS_PER_TOKEN = 3;

    /** No text is that dense; a server that counts more than this counts something else. */
    private static final double DENSEST = 1.5;

    /** Part of what is left after instructions and answer that the prompt may take; looks get the rest. */
    private static final double PROMPT_SHARE = 0.6;

    private static final int LONGEST_ANSWER = 2_000;
    private static final int ANSWER_PART = 4;

    private final int contextTokens;
    private double charactersPerToken = CHARACTERS_PER_TOKEN;

    Window(int contextTokens) {
        this.contextTokens = contextTokens;
    }

    static int answerTokens(int contextTokens) {
        return Math.min(LONGEST_ANSWER, contextTokens / ANSWER_PART);
    }

    /** Characters for the prompt. */
    int prompt(List<ChatMessage> instructions, List<ToolSpecification> tools) {
        return (int) (PROMPT_SHARE * left(instructions, tools));
    }

    /** Characters that may still be said before the answer must come; 0 or less when there is room for the answer only. */
    int left(List<ChatMessage> messages, List<ToolSpecification> tools) {
        int tokens = contextTokens - answerTokens(contextTokens);
        return (int) (tokens * charactersPerToken) - characters(messages, tools);
    }

    long tokens(List<ChatMessage> messages, List<ToolSpecification> tools) {
        return (long) Math.ceil(characters(messages, tools) / charactersPerToken);
    }

    /** Learns from what the server counted for these messages; only ever becomes more careful. */
    void counted(List<ChatMessage> messages, List<ToolSpecification> tools, Integer tokens) {
        if (tokens != null && tokens > 0) {
            double seen = (double) characters(messages, tools) / tokens;
            charactersPerToken = Math.max(DENSEST, Math.min(charactersPerToken, seen));
        }
    }

    private static int characters(List<ChatMessage> messages, List<ToolSpecification> tools) {
        return messages.stream()
                        .mapToInt(message -> message.toString().length())
                        .sum()
                + tools.stream().mapToInt(tool -> tool.toString().length()).sum();
    }
}
