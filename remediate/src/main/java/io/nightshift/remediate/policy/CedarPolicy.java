package io.nightshift.remediate.policy;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import io.nightshift.events.Decision;
import io.nightshift.remediate.domain.PolicyJudge;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<String, String> names;
    private final String version;

    /**
     * @param names the {@code @id} of each policy by Cedar's own id
     * @param version SHA-256 of the text, hex
     */
    CedarPolicy(PolicySet policies, Map<String, String> names, String version) {
        this.policies = policies;
        this.names = Map.copyOf(names);
        this.version = version;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Answer judge(Question question) {
        Ruling act = rule(ACT, question);
        if (act.permitted()) {
            return new Answer(Decision.ALLOW, act.rules(), version);
        }
        Ruling ask = rule(ASK, question);
        if (ask.permitted()) {
            return new Answer(Decision.ASK, ask.rules(), version);
        }
        return new Answer(Decision.DENY, ask.rules().isEmpty() ? act.rules() : ask.rules(), version);
    }

    private record Ruling(boolean permitted, List<String> rules) {}

    private Ruling rule(EntityUID action, Question question) {
        EntityUID service = type("Service").of(question.service());
        EntityUID environment = type("Environment").of(question.environment());
        Set<Entity> entities =
                Set.of(new Entity(NIGHTSHIFT), new Entity(environment), new Entity(service, Set.of(environment)));
        try {
            AuthorizationResponse response = engine.isAuthorized(
                    new AuthorizationRequest(NIGHTSHIFT, action, service, context(question)), policies, entities);
            if (response.success.isEmpty()) {
                return new Ruling(false, List.of("evaluation-failed"));
            }
            AuthorizationSuccessResponse success = response.success.get();
            if (!success.getErrors().isEmpty()) {
                return new Ruling(false, List.of("evaluation-failed"));
            }
            List<String> rules = success.getReason().stream()
                    .map(id -> names.getOrDefault(id, id))
                    .sorted()
                    .toList();
            return new Ruling(success.isAllowed(), rules);
        } catch (AuthException e) {
            return new Ruling(false, List.of("evaluation-failed"));
        }
    }

    private static Map<String, Value> context(Question question) {
        Map<String, Value> context = new HashMap<>();
        context.put("kind", new PrimString(question.action().name()));
        context.put("cause", new PrimString(question.causeClass().name()));
        context.put("reversibility", new PrimString(question.reversibility().name()));
        context.put("engine", new PrimString(question.engine().name()));
        context.put("level", new PrimLong((long) question.level()));
        // Rounded down; what is not a number counts as none.
        context.put("confidence", new PrimLong((long) Math.floor(question.confidence() * 100)));
        context.put("protected", new PrimBool(question.isProtected()));
        context.put("fenced", new PrimBool(question.fenced()));
        context.put("instances", new PrimLong((long) question.instances()));
        return context;
    }

    private static EntityTypeName type(String name) {
        return EntityTypeName.parse(name).orElseThrow();
    }
}
