package io.nightshift.investigate.llm;

import io.nightshift.events.EvidenceKind;
import io.nightshift.investigate.LlmSettings;
import io.nightshift.investigate.LlmSettings.Limits;
import io.nightshift.investigate.LlmSettings.Price;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.domain.Scenes;
import io.nightshift.investigate.look.LookTool;
import io.nightshift.schemas.ServiceKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Settings of a model behind a scripted server, of which a test changes one thing; and answers for that server to give. */
public final class ModelHouse {

    static final Duration SOON = Duration.ofSeconds(20);
    static final Limits PLENTY = new Limits(1_000_000, Long.MAX_VALUE, Duration.ofHours(1));

    Duration timeout = Duration.ofSeconds(10);
    int contextTokens = 16_000;
    int turns = 8;
    Price price = Price.NOTHING;
    Limits perIncident = PLENTY;
    Limits perDay = PLENTY;
    Set<String> evaluated = Set.of();

    LlmSettings settings(ScriptedModel server) {
        return new LlmSettings(
                server.dialect().provider(),
                server.baseUrl(),
                "scripted",
                "",
                0,
                timeout,
                contextTokens,
                turns,
                price,
                perIncident,
                perDay,
                evaluated);
    }

    LlmReasoner before(ScriptedModel server, LookTool... tools) {
        return new LlmReasoner(settings(server), 0.5, () -> List.of(tools), Clock.systemUTC());
    }

    public static LlmReasoner reasoner(ScriptedModel server, LookTool... tools) {
        return new ModelHouse().before(server, tools);
    }

    /** The first evidence of a kind about a service. */
    static String evidence(Diagnosis diagnosis, String service, EvidenceKind kind) {
        return diagnosis.evidence().stream()
                .filter(item -> item.getKind() == kind && item.getSubject() != null)
                .filter(item -> ServiceKey.of(item.getSubject()).toString().equals(Scenes.id(service)))
                .findFirst()
                .orElseThrow()
                .getId();
    }

    /**
     * A model's answer with one claim for each id.
     *
     * @param action "-" for none
     * @param target name of a service; anything that is not made like one stays as it is
     */
    public static String answer(String service, String cause, String action, String target, String... evidence) {
        List<Map<String, Object>> claims = Arrays.stream(evidence)
                .map(id ->
                        Map.<String, Object>of("text", "because of " + id, "evidence", List.of(id), "against", false))
                .toList();
        Map<String, Object> hypothesis = Map.of(
                "service",
                service.isEmpty() ? "" : Scenes.id(service),
                "causeClass",
                cause,
                "confidence",
                0.9,
                "claims",
                claims);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("hypotheses", List.of(hypothesis));
        answer.put(
                "proposal",
                action.equals("-")
                        ? null
                        : Map.of("action", action, "target", target.matches("[a-z]+") ? Scenes.id(target) : target));
        answer.put("summary", "Found it.");
        return ScriptedModel.json(answer);
    }
}
