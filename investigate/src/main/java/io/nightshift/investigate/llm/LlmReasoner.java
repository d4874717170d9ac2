package io.nightshift.investigate.llm;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import io.nightshift.events.ModelCall;
import io.nightshift.investigate.LlmSettings;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.Quoted;
import io.nightshift.investigate.worker.Reasoner;
import io.nightshift.investigate.worker.Reasoning;
import io.nightshift.investigate.worker.Reasoning.Conclusion;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets a language model think again, and takes its answer only as far as it can be checked. */
public final class LlmReasoner implements Reasoner {

    private static final int LOOKS = 8;
    private static final int ANSWER_BYTES = 1 << 20;
    private static final int ANSWER_TOKENS = 2_000;
    private static final int RETRIES = 1;
    private static final int WORDS = 200;

    private final LlmSettings settings;
    private final double threshold;
    private final Breaker breaker;
    private final TokenBudget day;
    private final ChatModel model;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "investigate-model");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param threshold confidence below which no action is proposed, 0 to 1
     */
    public LlmReasoner(LlmSettings settings, double threshold, Clock clock) {
        this.settings = settings;
        this.threshold = threshold;
        this.breaker = new Breaker(clock);
        this.day = new TokenBudget(settings.maxTokensPerDay(), clock);
        this.model = OpenAiChatModel.builder()
                .httpClientBuilder(BoundedHttp.builder(settings.timeout(), ANSWER_BYTES))
                .baseUrl(settings.baseUrl().toString())
                .apiKey(settings.apiKey().isEmpty() ? "none" : settings.apiKey())
                .modelName(settings.model())
                .temperature(0.0)
                .maxTokens(ANSWER_TOKENS)
                .timeout(settings.timeout())
                .maxRetries(RETRIES)
                .build();
    }

    @Override
    public Reasoning reason(Diagnosis diagnosis, String question, Duration timeLeft) {
        if (timeLeft.isNegative() || timeLeft.isZero()) {
            return Reasoning.declined("no time was left for the model");
        }
        if (!breaker.lets()) {
            return Reasoning.declined("the model failed repeatedly and is given a rest");
        }
        MeteredModel metered = new MeteredModel(model, settings.model(), settings.maxTokensPerIncident(), day);
        Future<String> thinking = threads.submit(() -> ask(metered, diagnosis, question));
        try {
            String answer = thinking.get(timeLeft.toMillis(), TimeUnit.MILLISECONDS);
            breaker.worked();
            return judge(answer, diagnosis, metered.calls());
        } catch (TimeoutException e) {
            thinking.cancel(true);
            breaker.failed();
            return Reasoning.failed("the model did not answer in time", metered.calls());
        } catch (InterruptedException e) {
            thinking.cancel(true);
            Thread.currentThread().interrupt();
            return Reasoning.failed("interrupted while the model was thinking", metered.calls());
        } catch (ExecutionException e) {
            breaker.failed();
            return Reasoning.failed("the model failed: " + reason(e.getCause()), metered.calls());
        }
    }

    private String ask(MeteredModel metered, Diagnosis diagnosis, String question) {
        return AiServices.builder(RootCauseAnalyst.class)
                .chatModel(metered)
                .tools(new LookTools(diagnosis.evidence()))
                .maxSequentialToolsInvocations(LOOKS)
                .build()
                .analyse(Prompt.of(diagnosis, question, settings.contextTokens()));
    }

    private Reasoning judge(String answer, Diagnosis diagnosis, List<ModelCall> calls) {
        try {
            Conclusion conclusion = AnswerCheck.conclude(ModelAnswer.read(answer), diagnosis, threshold);
            return new Reasoning(Optional.of(conclusion), "model " + Quoted.name(settings.model()), calls);
        } catch (ModelAnswer.RefusedAnswerException e) {
            return Reasoning.failed("the model's answer was not taken: " + e.getMessage(), calls);
        } catch (RuntimeException e) {
            // A shape that nobody foresaw, such as null where a list belongs: the ranker's answer must still go out.
            return Reasoning.failed("the model's answer was not taken: " + reason(e), calls);
        }
    }

    private static String reason(Throwable fault) {
        return Quoted.text(fault.getClass().getSimpleName() + ": " + fault.getMessage(), WORDS);
    }
}
