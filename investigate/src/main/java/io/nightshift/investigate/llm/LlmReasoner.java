package io.nightshift.investigate.llm;

import dev.langchain4j.model.chat.ChatModel;
import io.nightshift.events.Engine;
import io.nightshift.investigate.LlmSettings;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.Quoted;
import io.nightshift.investigate.llm.ModelAnswer.RefusedAnswerException;
import io.nightshift.investigate.look.LookTool;
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
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Lets a language model think again, and takes its answer only as far as it can be checked. */
public final class LlmReasoner implements Reasoner {

    private static final int WORDS = 200;

    private final LlmSettings settings;
    private final double threshold;
    private final Supplier<List<LookTool>> tools;
    private final Clock clock;
    private final Predicate<String> followed;
    private final Breaker breaker;
    private final Budget day;
    private final ChatModel model;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "investigate-model");
        thread.setDaemon(true);
        return thread;
    });

    /** Without looks beyond the evidence pack. */
    public LlmReasoner(LlmSettings settings, double threshold, Clock clock) {
        this(settings, threshold, List::of, clock);
    }

    /**
     * @param threshold confidence below which no action is proposed, 0 to 1
     * @param tools looks beyond the evidence pack, asked for in each investigation; may block
     */
    public LlmReasoner(LlmSettings settings, double threshold, Supplier<List<LookTool>> tools, Clock clock) {
        this(settings, threshold, tools, settings.evaluated()::contains, clock);
    }

    private LlmReasoner(
            LlmSettings settings,
            double threshold,
            Supplier<List<LookTool>> tools,
            Predicate<String> followed,
            Clock clock) {
        this.settings = settings;
        this.followed = followed;
        this.threshold = threshold;
        this.tools = tools;
        this.clock = clock;
        this.breaker = new Breaker(clock);
        this.day = Budget.ofDay(settings.perDay(), clock);
        this.model = ChatModels.of(settings, Window.answerTokens(settings.contextTokens()));
    }

    /**
     * Follows whatever version answers, as if it had passed an evaluation: for that evaluation, on whose conclusions nobody
     * acts. Without looks beyond the evidence pack.
     *
     * @param threshold confidence below which no action is proposed, 0 to 1
     * @param versions told each version whose answer was taken, on the thread that asks
     */
    public static LlmReasoner underEvaluation(
            LlmSettings settings, double threshold, Consumer<String> versions, Clock clock) {
        return new LlmReasoner(
                settings,
                threshold,
                List::of,
                version -> {
                    versions.accept(version);
                    return true;
                },
                clock);
    }

    @Override
    public Reasoning reason(Diagnosis diagnosis, String question, Duration timeLeft) {
        Duration time = shortest(timeLeft, settings.perIncident().time());
        if (time.isNegative() || time.isZero()) {
            return Reasoning.declined("no time was left for the model");
        }
        if (day.timeLeft().isZero()) {
            return Reasoning.declined("the day's time for the model is used up");
        }
        if (!breaker.lets()) {
            return Reasoning.declined("the model failed repeatedly and is given a rest");
        }
        Window window = new Window(settings.contextTokens());
        MeteredModel metered =
                new MeteredModel(model, settings, window, Budget.ofIncident(settings.perIncident()), day, clock);
        Inquiry inquiry = new Inquiry(settings, diagnosis, threshold, followed, metered, window, tools, time);
        return await(threads.submit(() -> inquiry.run(question)), inquiry, metered, time);
    }

    private Reasoning await(Future<Conclusion> thinking, Inquiry inquiry, MeteredModel metered, Duration time) {
        try {
            Conclusion conclusion = thinking.get(time.toMillis(), TimeUnit.MILLISECONDS);
            breaker.worked();
            String version = "model " + Quoted.text(metered.version(), WORDS);
            return new Reasoning(
                    Optional.of(conclusion),
                    conclusion.engine() == Engine.LLM ? version : version + " differs and was not followed",
                    inquiry.trail());
        } catch (TimeoutException e) {
            thinking.cancel(true);
            breaker.failed();
            return Reasoning.failed("the model did not answer in time", inquiry.trail());
        } catch (InterruptedException e) {
            thinking.cancel(true);
            Thread.currentThread().interrupt();
            return Reasoning.failed("interrupted while the model was thinking", inquiry.trail());
        } catch (ExecutionException e) {
            return failed(e.getCause(), inquiry);
        }
    }

    private Reasoning failed(Throwable fault, Inquiry inquiry) {
        if (fault instanceof RefusedAnswerException) {
            breaker.worked();
            return Reasoning.failed("the model's answer was not taken: " + fault.getMessage(), inquiry.trail());
        }
        if (fault instanceof Budget.ExhaustedException) {
            return Reasoning.failed(fault.getMessage(), inquiry.trail());
        }
        breaker.failed();
        return Reasoning.failed(
                "the model failed: " + Quoted.text(fault.getClass().getSimpleName() + ": " + fault.getMessage(), WORDS),
                inquiry.trail());
    }

    private static Duration shortest(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
