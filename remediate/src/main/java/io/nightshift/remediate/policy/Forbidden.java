package io.nightshift.remediate.policy;

import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import io.nightshift.events.Reversibility;
import io.nightshift.remediate.domain.PolicyException;
import io.nightshift.remediate.domain.PolicyQuestion;
import java.util.List;
import java.util.Optional;

/**
 * What no policy may let through alone: anything at a level that does not act, on a protected target, or irreversible. The
 * policy is asked about it, for each rule with the services, actions and causes that it names and one of each that it does not.
 * Guards stop these whatever it says; a policy that would let them through was not meant so.
 */
final class Forbidden {

    private Forbidden() {}

    /** @throws PolicyException naming a rule that lets such a thing through */
    static void check(String file, String text, PolicySet policies, CedarPolicy policy) {
        for (Policy rule : policies.policies) {
            for (PolicyQuestion question :
                    PolicyGrid.over(List.of(rule.policySrc)).dangers()) {
                Optional<String> through = policy.actsBy(question);
                if (through.isPresent()) {
                    throw refusal(file, text, through.get(), question);
                }
            }
        }
    }

    private static PolicyException refusal(String file, String text, String rule, PolicyQuestion question) {
        String what = "at level " + question.level() + ", which does not act";
        String remedy = "context.level >= 4";
        if (question.isProtected()) {
            what = "on a protected target";
            remedy = "!context.protected";
        } else if (question.reversibility() == Reversibility.IRREVERSIBLE) {
            what = "though it is irreversible";
            remedy = "context.reversibility != \"IRREVERSIBLE\"";
        }
        return new PolicyException(
                file + ":" + PolicyLines.lineOf(text, "@id(\"" + rule + "\")") + ": the rule '" + rule
                        + "' would let Nightshift act alone " + what + ", such as by " + question.action() + " against "
                        + question.causeClass() + "; add " + remedy
                        + " to its conditions, or let people decide by action == Action::\"ask\"");
    }
}
