package io.nightshift.remediate.policy;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import io.nightshift.events.Decision;
import io.nightshift.remediate.domain.PolicyJudge;
import io.nightshift.remediate.domain.PolicyQuestion;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Cedar policy set that was parsed and validated. May it act? If not, may it ask? Cedar denies by default and lets a
 * forbid win. An evaluation that went wrong in any rule is a denial, whatever the other rules say.
 */
public final class CedarPolicy implements PolicyJudge {

    private static final EntityUID NIGHTSHIFT = type("Stage").of("remediate");
    private static final EntityUID ACT = type("Action").of("act");
    private static final EntityUID ASK = type("Action").of("ask");

    private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
    private final PolicySet policies;
    private final Map<String, Rule> rules;
    private final String version;

    /**
     * What a rule's annotations say.
     *
     * @param name its {@code @id}
     * @param quorum people that must say yes where it asks, from 1
     * @param fourEyes whether none of them may have asked for it
     */
    record Rule(String name, int quorum, boolean fourEyes) {}

    /**
     * @param rules the rules by Cedar's own id of the policy
     * @param version SHA-256 of the text, hex
     */
    CedarPolicy(PolicySet policies, Map<String, Rule> rules, String version) {
        this.policies = policies;
        this.rules = Map.copyOf(rules);
        this.version = version;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Answer judge(PolicyQuestion question) {
        Ruling act = rule(ACT, question);
        Ruling ask = rule(ASK, question);
        if (act.permitted()) {
            return answer(Decision.ALLOW, act, ask);
        }
        return ask.permitted()
                ? answer(Decision.ASK, ask, ask)
                : answer(Decision.DENY, ask.rules().isEmpty() ? act : ask, ask);
    }

    /** The first rule by which it would be done alone. */
    Optional<String> actsBy(PolicyQuestion question) {
        Ruling act = rule(ACT, question);
        return act.permitted() ? act.rules().stream().map(Rule::name).sorted().findFirst() : Optional.empty();
    }

    /** @param asking what holds should a guard put it to people */
    private Answer answer(Decision decision, Ruling deciding, Ruling asking) {
        return new Answer(
                decision,
                deciding.rules().stream().map(Rule::name).sorted().toList(),
                version,
                asking.rules().stream().mapToInt(Rule::quorum).max().orElse(1),
                asking.rules().stream().anyMatch(Rule::fourEyes));
    }

    private record Ruling(boolean permitted, List<Rule> rules) {

        static final Ruling FAILED = new Ruling(false, List.of(new Rule("evaluation-failed", 1, false)));
    }

    private Ruling rule(EntityUID action, PolicyQuestion question) {
        EntityUID service = type("Service").of(question.service());
        EntityUID environment = type("Environment").of(question.environment());
        Set<Entity> entities =
                Set.of(new Entity(NIGHTSHIFT), new Entity(environment), new Entity(service, Set.of(environment)));
        try {
            AuthorizationResponse response = engine.isAuthorized(
                    new AuthorizationRequest(NIGHTSHIFT, action, service, context(question)), policies, entities);
            if (response.success.isEmpty()
                    || !response.success.get().getErrors().isEmpty()) {
                return Ruling.FAILED;
            }
            AuthorizationSuccessResponse success = response.success.get();
            List<Rule> deciding = success.getReason().stream()
                    .map(id -> rules.getOrDefault(id, new Rule(id, 1, false)))
                    .toList();
            return new Ruling(success.isAllowed(), deciding);
        } catch (AuthException e) {
            return Ruling.FAILED;
        }
    }

    private static Map<String, Value> context(PolicyQuestion question) {
        ZonedDateTime time = question.at().atZone(ZoneOffset.UTC);
        Map<String, Value> context = new HashMap<>();
        context.put("kind", new PrimString(question.action().name()));
        context.put("playbook", new PrimString(question.playbook()));
        context.put("serviceClass", new PrimString(question.serviceClass()));
        context.put("cause", new PrimString(question.causeClass().name()));
        context.put("reversibility", new PrimString(question.reversibility().name()));
        context.put("engine", new PrimString(question.engine().name()));
        context.put("level", new PrimLong((long) question.level()));
        // Rounded down; what is not a number counts as none.
        context.put("confidence", new PrimLong((long) Math.floor(question.confidence() * 100)));
        context.put("protected", new PrimBool(question.isProtected()));
        context.put("fenced", new PrimBool(question.fenced()));
        context.put("instances", new PrimLong((long) question.instances()));
        List<Value> evidence = new ArrayList<>();
        question.evidence().forEach(kind -> evidence.add(new PrimString(kind.name())));
        context.put("evidence", new CedarList(evidence));
        context.put("hour", new PrimLong((long) time.getHour()));
        context.put("weekday", new PrimLong((long) time.getDayOfWeek().getValue()));
        return context;
    }

    private static EntityTypeName type(String name) {
        return EntityTypeName.parse(name).orElseThrow();
    }
}
