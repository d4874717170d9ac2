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
import io.nightshift.schemas.CauseHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads policy text: parses it, checks it against the schema and that each rule has a name of its own. What fails is
 * refused whole, with file, line, reason and remedy.
 */
public final class PolicyText {

    private static final String SCHEMA = resource("nightshift.cedarschema");

    private final String file;
    private final String text;

    /** @param file name for messages */
    public PolicyText(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** The policy that stands in the jar: cautious. */
    public static PolicyText cautious() {
        return new PolicyText("cautious.cedar (built in)", resource("cautious.cedar"));
    }

    /**
     * @throws PolicyException when it does not parse, contradicts the schema, or has a rule without a name
     */
    public CedarPolicy load() {
        PolicySet policies = parse();
        Map<String, String> names = names(policies);
        validate(policies);
        try {
            policies.cache();
        } catch (CacheException e) {
            throw new PolicyException(file + ": the policies could not be made ready: " + e.getMessage(), e);
        }
        return new CedarPolicy(policies, names, CauseHash.sha256(text.getBytes(StandardCharsets.UTF_8)));
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

    private Map<String, String> names(PolicySet policies) {
        Map<String, String> names = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (Policy policy : policies.policies) {
            String name = name(policy);
            int line = PolicyLines.lineOf(text, policy.policySrc);
            if (name == null || name.isBlank()) {
                throw new PolicyException(file + ":" + line
                        + ": the rule has no name, and verdicts name their rules; put @id(\"...\") before it");
            }
            if (!seen.add(name)) {
                throw new PolicyException(
                        file + ":" + line + ": two rules are named '" + name + "'; give each a name of its own");
            }
            names.put(policy.policyID, name);
        }
        return names;
    }

    private static String name(Policy policy) {
        try {
            return policy.getAnnotations().get("id");
        } catch (InternalException e) {
            return null;
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
