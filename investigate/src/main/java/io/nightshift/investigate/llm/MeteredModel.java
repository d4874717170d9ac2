package io.nightshift.investigate.llm;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.nightshift.events.ModelCall;
import io.nightshift.investigate.domain.Quoted;
import io.nightshift.schemas.CauseHash;
import java.util.ArrayList;
import java.util.List;

/** A model for one investigation: keeps within its tokens, and writes down each call with digests of what was said. */
final class MeteredModel implements ChatModel {

    private static final int CHARACTERS_PER_TOKEN = 3;
    private static final int WORDS = 160;

    private final ChatModel model;
    private final String name;
    private final TokenBudget day;
    private final List<ModelCall> calls = new ArrayList<>();
    private long left;

    MeteredModel(ChatModel model, String name, long tokens, TokenBudget day) {
        this.model = model;
        this.name = name;
        this.left = tokens;
        this.day = day;
    }

    /** The tokens of this incident or of the day would not last for this call. */
    static final class OutOfTokensException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutOfTokensException(String message) {
            super(message);
        }
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        String prompt = request.messages().toString();
        long needed = prompt.length() / CHARACTERS_PER_TOKEN;
        if (needed > left || needed > day.left()) {
            throw new OutOfTokensException(
                    needed > left ? "the incident's tokens are used up" : "the day's tokens are used up");
        }
        long begin = System.nanoTime();
        try {
            ChatResponse response = model.chat(request);
            TokenUsage usage = response.tokenUsage();
            long in = usage == null || usage.inputTokenCount() == null ? needed : usage.inputTokenCount();
            String answer = String.valueOf(response.aiMessage());
            long out = usage == null || usage.outputTokenCount() == null
                    ? answer.length() / CHARACTERS_PER_TOKEN
                    : usage.outputTokenCount();
            note(prompt, answer, in, out, begin, "ok");
            return response;
        } catch (RuntimeException e) {
            note(
                    prompt,
                    "",
                    needed,
                    0,
                    begin,
                    Quoted.text(e.getClass().getSimpleName() + ": " + e.getMessage(), WORDS));
            throw e;
        }
    }

    private synchronized void note(String prompt, String answer, long in, long out, long begin, String outcome) {
        left -= in + out;
        day.use(in + out);
        calls.add(new ModelCall(
                "openai-compatible",
                name,
                CauseHash.sha256(prompt),
                CauseHash.sha256(answer),
                in,
                out,
                0L,
                (System.nanoTime() - begin) / 1_000_000,
                outcome,
                "",
                null));
    }

    synchronized List<ModelCall> calls() {
        return List.copyOf(calls);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }
}
