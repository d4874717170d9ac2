package io.nightshift.remediate.policy;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.DetailedError;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.ValidationResponse;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import com.cedarpolicy.model.schema.Schema.JsonOrCedar;
import io.nightshift.remediate.domain.PolicyChanges;
import io.nightshift.remediate.domain.PolicyException;
import io.nightshift.remediate.domain.PolicyJudge;
import io.nightshift.schemas.CauseHash;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads policy text: parses it, checks it against the schema and that each rule has a name of its own. What fails is
 * refused whole, with file, line, reason and remedy.
 */
public final class PolicyText {

    private static final String SCHEMA = resource("nightshift.cedarschema");

    /** A mistyped one must not be ignored: it may be what was to narrow the rule. */
    private static final Set<String> ANNOTATIONS = new TreeSet<>(Set.of("id", "quorum", "four_eyes"));

    private final String file;
    private final String text;

    /** @param file name for messages */
    public PolicyText(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** The policy that stands in the jar under this profile's name. */
    static PolicyText builtIn(String profile) {
        return new PolicyText(profile + ".cedar (built in)", resource(profile + ".cedar"));
    }

    /** The default policy. */
    public static PolicyText cautious() {
        return Profile.CAUTIOUS.policy();
    }

    /** What changes the policy from now on: which policy is configured, and how others are read. */
    public static PolicyChanges changes(PolicyJudge configured, TrustedKeys keys) {
        return new PolicyChanges(configured.version(), (name, text) -> new PolicyText(name, text).load(), keys);
    }

    public String file() {
        return file;
    }

    public String text() {
        return text;
    }

    /**
     * @throws PolicyException when it does not parse, contradicts the schema, has a rule without a name, or lets through alone
     *     what no policy may
     */
    public CedarPolicy load() {
        PolicySet policies = parse();
        Map<String, CedarPolicy.Rule> rules = rules(policies);
        validate(policies);
        try {
            policies.cache();
        } catch (CacheException e) {
            throw new PolicyException(file + ": the policies could not be made ready: " + e.getMessage(), e);
        }
        CedarPolicy policy = new CedarPolicy(policies, rules, CauseHash.sha256(text.getBytes(StandardCharsets.UTF_8)));
        Forbidden.check(file, text, policies, policy);
        return policy;
    }

    private PolicySet parse() {
        try {
            PolicySet policies = PolicySet.parsePolicies(text);
            if (policies.policies.isEmpty()) {
                throw new PolicyException(
                        file + ":1: it holds no policy, so nothing would ever be permitted; add a permit rule or"
                                + " remove the setting to use the built-in cautious policy");
            }
            return policies;
        } catch (InternalException e) {
            throw new PolicyException(
                    file + ":" + PolicyLines.lineOfFault(text) + ": it is not a Cedar policy: "
                            + String.join("; ", e.getErrors())
                            + "; correct the rule that ends on or after this line",
                    e);
        }
    }

    private Map<String, CedarPolicy.Rule> rules(PolicySet policies) {
        Map<String, CedarPolicy.Rule> rules = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (Policy policy : policies.policies) {
            CedarPolicy.Rule rule = rule(policy);
            if (!seen.add(rule.name())) {
                throw refused(policy, "two rules are named '" + rule.name() + "'; give each a name of its own");
            }
            rules.put(policy.policyID, rule);
        }
        return rules;
    }

    private CedarPolicy.Rule rule(Policy policy) {
        Map<String, String> annotations = annotations(policy);
        String name = annotations.getOrDefault("id", "");
        if (name.isBlank()) {
            throw refused(policy, "the rule has no name, and verdicts name their rules; put @id(\"...\") before it");
        }
        for (String annotation : annotations.keySet()) {
            if (!ANNOTATIONS.contains(annotation)) {
                throw refused(
                        policy,
                        "nothing heeds the annotation @" + annotation + "; remove it, or write one of " + ANNOTATIONS);
            }
        }
        String quorum = annotations.getOrDefault("quorum", "1");
        if (!quorum.matches("[1-9]")) {
            throw refused(policy, "@quorum is a number of people from 1 to 9, not '" + quorum + "'; correct it");
        }
        String fourEyes = annotations.getOrDefault("four_eyes", "false");
        if (!fourEyes.matches("true|false")) {
            throw refused(policy, "@four_eyes is \"true\" or \"false\", not '" + fourEyes + "'; correct it");
        }
        return new CedarPolicy.Rule(name, Integer.parseInt(quorum), Boolean.parseBoolean(fourEyes));
    }

    private PolicyException refused(Policy policy, String why) {
        return new PolicyException(file + ":" + PolicyLines.lineOf(text, policy.policySrc) + ": " + why);
    }

    private static Map<String, String> annotations(Policy policy) {
        try {
            return policy.getAnnotations();
        } catch (InternalException e) {
            return Map.of();
        }
    }

    private void validate(PolicySet policies) {
        try {
            ValidationResponse response = new BasicAuthorizationEngine()
                    .validate(new ValidationRequest(Schema.parse(JsonOrCedar.Cedar, SCHEMA), policies));
            if (response.validationPassed()
                    && response.success.isPresent()
                    && response.success.get().validationErrors.isEmpty()) {
                return;
            }
            throw new PolicyException(refusal(policies, response));
        } catch (AuthException e) {
            throw new PolicyException(file + ": it could not be checked against the schema: " + e.getMessage(), e);
        }
    }

    private String refusal(PolicySet policies, ValidationResponse response) {
        if (response.success.isEmpty()) {
            String errors = response.errors
                    .map(list ->
                            list.stream().map(error -> error.message).toList().toString())
                    .orElse("no reason given");
            return file + ": it could not be checked against the schema: " + errors;
        }
        var first = response.success.get().validationErrors.get(0);
        String source = policies.policies.stream()
                .filter(policy -> policy.policyID.equals(first.getPolicyId()))
                .map(policy -> policy.policySrc)
                .findFirst()
                .orElse("");
        DetailedError error = first.getError();
        return file + ":" + PolicyLines.lineOf(text, source) + ": the rule contradicts the schema: " + error.message
                + error.help.map(help -> "; " + help).orElse("")
                + "; the attributes that a policy may use stand in nightshift.cedarschema";
    }

    private static String resource(String name) {
        try (InputStream stream = PolicyText.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
