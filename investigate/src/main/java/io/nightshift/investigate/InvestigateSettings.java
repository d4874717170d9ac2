package io.nightshift.investigate;

import io.nightshift.investigate.skill.SkillSettings;
import io.nightshift.runtime.config.ConfigNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of the stage, section {@code investigate}.
 *
 * @param deadline from the start of work to the answer at the latest
 * @param again shortest time between two investigations of an incident that changed only a little
 * @param proposalConfidence confidence below which no action is proposed, 0 to 1
 * @param skills skills besides the shipped ones
 * @param seekTime time that all looks into telemetry may take together
 * @param seekBytes from 1 MiB to 1 GiB, bytes that all looks into telemetry may read together
 * @param threads 1 to 64, investigations that may be in work at once
 * @param recallByMeaning whether lessons are also recalled by what their incident was like, with a model in this process
 * @param llm the language model, or empty for none
 */
public record InvestigateSettings(
        Duration deadline,
        Duration again,
        double proposalConfidence,
        SkillSettings skills,
        Duration seekTime,
        long seekBytes,
        int threads,
        boolean recallByMeaning,
        Optional<LlmSettings> llm) {

    private static final Set<String> KEYS = Set.of(
            "deadline",
            "again",
            "proposalConfidence",
            "skills",
            "seekTime",
            "seekMegabytes",
            "threads",
            "recallByMeaning",
            "llm",
            "tools",
            "trustedKeys");

    public static InvestigateSettings defaults() {
        return new InvestigateSettings(
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                0.5,
                SkillSettings.none(),
                Duration.ofSeconds(3),
                32L << 20,
                2,
                true,
                Optional.empty());
    }

    public static InvestigateSettings from(ConfigNode node) {
        node.allowOnly(KEYS);
        InvestigateSettings defaults = defaults();
        double confidence = node.number("proposalConfidence", defaults.proposalConfidence());
        if (confidence < 0 || confidence > 1) {
            throw node.error("proposalConfidence is a probability; write a number from 0 to 1");
        }
        return new InvestigateSettings(
                node.duration("deadline", defaults.deadline()),
                node.duration("again", defaults.again()),
                confidence,
                SkillSettings.from(node.section("skills")),
                node.duration("seekTime", defaults.seekTime()),
                (long) within(node, "seekMegabytes", 32, 1_024) << 20,
                within(node, "threads", defaults.threads(), 64),
                node.bool("recallByMeaning", defaults.recallByMeaning()),
                node.get("llm").map(LlmSettings::from));
    }

    private static int within(ConfigNode node, String key, int fallback, int most) {
        int value = node.integer(key, fallback);
        if (value < 1 || value > most) {
            throw node.require(key).error(key + " is " + value + "; write a number from 1 to " + most);
        }
        return value;
    }
}
