package io.nightshift.remediate.policy;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Decision;
import io.nightshift.events.Engine;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.Reversibility;
import io.nightshift.remediate.domain.PolicyJudge;
import io.nightshift.remediate.domain.PolicyQuestion;
import io.nightshift.remediate.domain.catalogue.Catalogue;
import io.nightshift.runtime.config.ConfigNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Unit tests of a policy: what is given, and which answer is expected.
 *
 * <pre>
 * cases:
 *   - name: a leak at level 4 is repaired alone
 *     given: {service: prod/shop/cart, action: RESTART, cause: MEMORY_LEAK, level: 4, confidence: 0.9}
 *     expect: {decision: ALLOW}            # also rules: [ask-from-level-3], quorum: 2, fourEyes: true
 * </pre>
 */
public final class PolicyCases {

    private static final Set<String> GIVEN = Set.of(
            "service",
            "serviceClass",
            "action",
            "playbook",
            "cause",
            "reversibility",
            "engine",
            "level",
            "confidence",
            "protected",
            "fenced",
            "instances",
            "evidence",
            "at");

    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    /**
     * How a case went.
     *
     * @param where file and line
     * @param fault what differs, in words; empty when it passed
     */
    public record Result(String name, String where, Optional<String> fault) {}

    private record Expected(
            Decision decision, Optional<List<String>> rules, Optional<Integer> quorum, Optional<Boolean> fourEyes) {}

    private PolicyCases() {}

    /**
     * Puts every case of the file to the policy.
     *
     * @throws io.nightshift.runtime.config.ConfigException naming file and line of what is no case
     */
    public static List<Result> run(ConfigNode file, PolicyJudge policy) {
        file.allowOnly(Set.of("cases", "policy"));
        List<ConfigNode> cases = file.require("cases").items();
        if (cases.isEmpty()) {
            throw file.require("cases").error("there is no case, and nothing would be tested; write one");
        }
        return cases.stream().map(node -> run(policy, node)).toList();
    }

    private static Result run(PolicyJudge policy, ConfigNode node) {
        node.allowOnly(Set.of("name", "given", "expect"));
        PolicyJudge.Answer answer = policy.judge(question(node.require("given")));
        Expected expected = expected(node.require("expect"));
        return new Result(node.require("name").text(), node.where(), fault(expected, answer));
    }

    private static Optional<String> fault(Expected expected, PolicyJudge.Answer answer) {
        String rules = answer.rules().isEmpty() ? "no rule" : String.join(", ", answer.rules());
        if (answer.decision() != expected.decision()) {
            return Optional.of(
                    "expected " + expected.decision() + ", but the policy says " + answer.decision() + " by " + rules);
        }
        if (expected.rules().isPresent() && !Set.copyOf(expected.rules().get()).equals(Set.copyOf(answer.rules()))) {
            return Optional.of(
                    "expected it by " + String.join(", ", expected.rules().get()) + ", but it is by " + rules);
        }
        if (expected.quorum().isPresent() && expected.quorum().get() != answer.quorum()) {
            return Optional.of("expected a quorum of " + expected.quorum().get() + ", but it is " + answer.quorum());
        }
        return expected.fourEyes().isPresent() && expected.fourEyes().get() != answer.fourEyes()
                ? Optional.of(answer.fourEyes() ? "expected no four eyes, but it wants them" : "expected four eyes")
                : Optional.empty();
    }

    private static Expected expected(ConfigNode node) {
        node.allowOnly(Set.of("decision", "rules", "quorum", "fourEyes"));
        return new Expected(
                one(node.require("decision"), Decision.class),
                node.get("rules").map(rules -> node.texts("rules")),
                node.get("quorum").map(ConfigNode::integer),
                node.get("fourEyes").map(ConfigNode::bool));
    }

    /**
     * Reads what is given. What is left out is as well as can be for acting.
     *
     * @throws io.nightshift.runtime.config.ConfigException naming file and line
     */
    public static PolicyQuestion question(ConfigNode given) {
        given.allowOnly(GIVEN);
        ActionKind action = one(given.require("action"), ActionKind.class);
        String service = given.text("service", PolicyNames.ANY);
        return new PolicyQuestion(
                PolicyNames.environment(service),
                service,
                given.text("serviceClass", ""),
                action,
                given.text("playbook", ""),
                given.get("cause").map(node -> one(node, CauseClass.class)).orElse(CauseClass.UNKNOWN),
                given.get("reversibility")
                        .map(node -> one(node, Reversibility.class))
                        .orElseGet(() -> Catalogue.of(action)
                                .map(spec -> spec.reversibility(true))
                                .orElse(Reversibility.IRREVERSIBLE)),
                given.get("engine").map(node -> one(node, Engine.class)).orElse(Engine.DETERMINISTIC),
                level(given),
                given.number("confidence", 1),
                given.bool("protected", false),
                given.bool("fenced", true),
                given.integer("instances", 1),
                evidence(given),
                given.get("at").map(PolicyCases::time).orElse(NOON));
    }

    private static int level(ConfigNode given) {
        int level = given.integer("level", 3);
        if (level < 1 || level > 5) {
            throw given.require("level").error("the level is 1 to 5, not " + level + "; correct it");
        }
        return level;
    }

    private static Set<EvidenceKind> evidence(ConfigNode given) {
        Set<EvidenceKind> kinds = EnumSet.noneOf(EvidenceKind.class);
        given.get("evidence")
                .map(ConfigNode::items)
                .orElse(List.of())
                .forEach(node -> kinds.add(one(node, EvidenceKind.class)));
        return kinds;
    }

    private static Instant time(ConfigNode node) {
        try {
            return Instant.parse(node.text());
        } catch (DateTimeParseException e) {
            throw node.error("'" + node.text() + "' is not a time; write it as 2026-12-24T03:00:00Z");
        }
    }

    private static <T extends Enum<T>> T one(ConfigNode node, Class<T> type) {
        String name = node.text().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.name().equals(name) && each.ordinal() != 0)
                .findFirst()
                .orElseThrow(() -> node.error("'" + node.text() + "' is not known; write one of "
                        + Arrays.stream(type.getEnumConstants())
                                .filter(each -> each.ordinal() != 0)
                                .map(Enum::name)
                                .collect(Collectors.joining(", "))));
    }
}
