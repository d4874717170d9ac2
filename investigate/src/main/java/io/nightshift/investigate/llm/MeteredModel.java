package io.nightshift.investigate.llm;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.nightshift.events.ModelCall;
import io.nightshift.investigate.LlmSettings;
import io.nightshift.investigate.domain.Quoted;
import io.nightshift.schemas.CauseHash;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A model for one investigation: keeps within the budgets, tries again what may pass, and writes down each call, failed ones
 * too, with digests of what was said.
 */
final class MeteredModel {

    private static final int RETRIES = 2;
    private static final long BACKOFF_MILLIS = 300;
    private static final long BACKOFF_GROWTH = 3;
    private static final int CHARACTERS_PER_TOKEN = 3;
    private static final int WORDS = 160;

    private final ChatModel model;
    private final LlmSettings settings;
    private final Window window;
    private final Budget incident;
    private final Budget day;
    private final Clock clock;
    private final int answerTokens;
    private final List<ModelCall> calls = new ArrayList<>();
    private String reported = "";

    MeteredModel(ChatModel model, LlmSettings settings, Window window, Budget incident, Budget day, Clock clock) {
        this.model = model;
        this.settings = settings;
        this.window = window;
        this.incident = incident;
        this.day = day;
        this.clock = clock;
        this.answerTokens = Window.answerTokens(settings.contextTokens());
    }

    synchronized List<ModelCall> calls() {
        return List.copyOf(calls);
    }

    /** The version that answered last. */
    synchronized String version() {
        return ModelVersion.of(settings, reported);
    }

    /**
     * Asks once, and again after a pause when the server was busy, broken or silent.
     *
     * @throws Budget.ExhaustedException when the incident's or the day's budget would not last
     */
    ChatResponse ask(List<ChatMessage> messages, List<ToolSpecification> tools) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(messages, tools, attempt);
            } catch (RuntimeException e) {
                if (attempt > RETRIES || !mayPass(e)) {
                    throw e;
                }
                pause(attempt);
            }
        }
    }

    private static boolean mayPass(RuntimeException fault) {
        return fault instanceof RetriableException
                || fault instanceof UncheckedIOException && fault.getCause() instanceof ConnectException;
    }

    /** Half of the pause is chance, so that investigations that failed together don't come back together. */
    private static void pause(int attempt) {
        long most = BACKOFF_MILLIS;
        for (int i = 1; i < attempt; i++) {
            most *= BACKOFF_GROWTH;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted while waiting to ask again");
        }
    }

    private ChatResponse once(List<ChatMessage> messages, List<ToolSpecification> tools, int attempt) {
        long in = window.tokens(messages, tools);
        Use most = new Use(in, answerTokens, settings.price().micros(in, answerTokens));
        reserve(most);
        Instant startedAt = clock.instant();
        long begin = System.nanoTime();
        Use used = new Use(in, 0, settings.price().micros(in, 0));
        String answer = "";
        String outcome = "ok";
        try {
            ChatResponse response = model.chat(ChatRequest.builder()
                    .messages(messages)
                    .toolSpecifications(tools)
                    .build());
            answer = String.valueOf(response.aiMessage());
            used = use(response, in, answer);
            heard(response, messages, tools);
            return response;
        } catch (RuntimeException e) {
            outcome = Quoted.text(e.getClass().getSimpleName() + ": " + e.getMessage(), WORDS);
            throw e;
        } finally {
            long millis = (System.nanoTime() - begin) / 1_000_000;
            incident.settle(most.tokens(), most.micros(), used.tokens(), used.micros(), millis);
            day.settle(most.tokens(), most.micros(), used.tokens(), used.micros(), millis);
            note(messages.toString() + tools, answer, used, millis, outcome, parameters(attempt), startedAt);
        }
    }

    /** Tokens in and out, and what they cost in millionths. */
    private record Use(long in, long out, long micros) {
        long tokens() {
            return in + out;
        }
    }

    private void reserve(Use most) {
        incident.reserve(most.tokens(), most.micros());
        try {
            day.reserve(most.tokens(), most.micros());
        } catch (Budget.ExhaustedException e) {
            incident.settle(most.tokens(), most.micros(), 0, 0, 0);
            throw e;
        }
    }

    private Use use(ChatResponse response, long guessed, String answer) {
        TokenUsage usage = response.tokenUsage();
        long in = usage == null || usage.inputTokenCount() == null ? guessed : usage.inputTokenCount();
        long out = usage == null || usage.outputTokenCount() == null
                ? answer.length() / CHARACTERS_PER_TOKEN
                : usage.outputTokenCount();
        return new Use(in, out, settings.price().micros(in, out));
    }

    private synchronized void heard(ChatResponse response, List<ChatMessage> messages, List<ToolSpecification> tools) {
        reported = response.modelName() == null ? "" : response.modelName();
        window.counted(
                messages,
                tools,
                response.tokenUsage() == null ? null : response.tokenUsage().inputTokenCount());
    }

    private String parameters(int attempt) {
        return "temperature=" + settings.temperature() + ",maxTokens=" + answerTokens + ",attempt=" + attempt;
    }

    private synchronized void note(
            String prompt, String answer, Use used, long millis, String outcome, String parameters, Instant startedAt) {
        calls.add(new ModelCall(
                settings.provider().word(),
                settings.model(),
                CauseHash.sha256(prompt),
                CauseHash.sha256(answer),
                used.in(),
                used.out(),
                used.micros(),
                millis,
                outcome,
                parameters,
                startedAt));
    }
}
