package io.nightshift.investigate.llm;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import io.nightshift.investigate.LlmSettings;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.llm.ModelAnswer.RefusedAnswerException;
import io.nightshift.investigate.look.LookTool;
import io.nightshift.investigate.worker.Reasoning.Conclusion;
import io.nightshift.investigate.worker.Reasoning.Grounding;
import io.nightshift.investigate.worker.Reasoning.Trail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One investigation with a model, turn by turn, until it answers or its turns are over.
 *
 * <pre>
 *   ASK ── wants to look ──────────────────────────▶ LOOK ──────▶ ASK
 *    ├──── can't be read, for the first time ──────▶ MEND ──────▶ ASK
 *    ├──── differs from the ranker, for the first time ▶ CHALLENGE ▶ ASK
 *    ├──── proposes what is not allowed ───────────▶ refused
 *    └──── anything else ──────────────────────────▶ concluded
 * </pre>
 */
final class Inquiry {

    private static final int LOOKS = 8;

    /** A look answers with at most this part of what is left of the context, so that several fit. */
    private static final int LOOK_PART = 3;

    private static final int LONGEST_LOOK = 12_000;

    /** Below this many characters a look could show nothing worth its turn. */
    private static final int LEAST_LOOK = 400;

    private final LlmSettings settings;
    private final Diagnosis diagnosis;
    private final double threshold;
    private final Predicate<String> followed;
    private final MeteredModel model;
    private final Window window;
    private final Exhibits exhibits;
    private final Looks looks;
    private final List<ChatMessage> messages = new ArrayList<>();
    private final long deadline;
    private boolean mended;
    private boolean challenged;
    private List<ToolSpecification> tools = List.of();
    private volatile Grounding grounding = Grounding.NOTHING_SAID;

    Inquiry(
            LlmSettings settings,
            Diagnosis diagnosis,
            double threshold,
            Predicate<String> followed,
            MeteredModel model,
            Window window,
            Supplier<List<LookTool>> tools,
            Duration timeLeft) {
        this.settings = settings;
        this.diagnosis = diagnosis;
        this.threshold = threshold;
        this.followed = followed;
        this.model = model;
        this.window = window;
        this.exhibits = new Exhibits(diagnosis.evidence());
        this.looks = new Looks(exhibits, tools, LOOKS);
        this.deadline = System.nanoTime() + timeLeft.toNanos();
    }

    /** What was done so far; may be asked for at any time, from any thread. */
    Trail trail() {
        return new Trail(model.calls(), looks.taken(), exhibits.added(), grounding);
    }

    /**
     * @param question a person's question, or null
     * @throws RefusedAnswerException when the model's answer can't be used
     * @throws RuntimeException what the model's server or a budget threw
     */
    Conclusion run(String question) {
        tools = looks.specifications();
        messages.add(SystemMessage.from(Instructions.TEXT));
        messages.add(UserMessage.from(Prompt.of(diagnosis, question, window.prompt(messages, tools), exhibits)));
        for (int turn = 1; turn <= settings.turns(); turn++) {
            boolean last = turn == settings.turns();
            AiMessage said = model.ask(messages, tools).aiMessage();
            messages.add(said);
            if (said.hasToolExecutionRequests()) {
                look(said.toolExecutionRequests(), turn + 1 >= settings.turns());
                continue;
            }
            try {
                Conclusion conclusion = judge(said.text());
                if (conclusion.disagreement().isEmpty() || challenged || last) {
                    return conclusion;
                }
                challenged = true;
                messages.add(UserMessage.from(
                        Instructions.challenge(diagnosis.ranking().best(), exhibits, room())));
            } catch (RefusedAnswerException e) {
                if (!e.isMendable() || mended || last) {
                    throw e;
                }
                mended = true;
                messages.add(UserMessage.from(Instructions.UNUSABLE));
            }
        }
        throw RefusedAnswerException.discredited(
                "the model looked on and on and did not answer within " + settings.turns() + " turns");
    }

    private void look(List<ToolExecutionRequest> calls, boolean mustAnswerNext) {
        for (int i = 0; i < calls.size(); i++) {
            Duration timeLeft = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            int room = room();
            String result = room < LEAST_LOOK ? Instructions.LAST : looks.take(calls.get(i), room, timeLeft);
            boolean lastOfAll = i == calls.size() - 1 && (mustAnswerNext || !looks.areLeft());
            messages.add(ToolExecutionResultMessage.from(
                    calls.get(i), lastOfAll ? result + "\n" + Instructions.LAST : result));
        }
    }

    private int room() {
        return Math.min(LONGEST_LOOK, window.left(messages, tools) / LOOK_PART);
    }

    private Conclusion judge(String text) {
        AnswerCheck check = new AnswerCheck(diagnosis, exhibits);
        try {
            return believe(check.check(ModelAnswer.read(text)));
        } catch (NullPointerException e) {
            // Null where an object belongs, in one of the many places where JSON allows it.
            throw RefusedAnswerException.mendable("the answer is not the JSON that was asked for");
        } finally {
            grounding = check.grounding();
        }
    }

    private Conclusion believe(AnswerCheck.Checked checked) {
        return new Belief(diagnosis, threshold, followed.test(model.version())).of(checked);
    }
}
