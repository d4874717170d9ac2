package io.nightshift.remediate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Engine;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.Reversibility;
import java.time.Instant;
import java.util.Set;

/**
 * What a policy may look at.
 *
 * @param serviceClass class of the service as the inventory names it; may be empty
 * @param playbook name of the playbook, without its hash; empty for a plan of one action
 * @param confidence 0 to 1
 * @param isProtected whether the target holds data or carries Nightshift
 * @param instances how many instances are acted on
 * @param evidence kinds of the evidence that the cause rests on
 * @param at the moment that is judged
 */
public record PolicyQuestion(
        String environment,
        String service,
        String serviceClass,
        ActionKind action,
        String playbook,
        CauseClass causeClass,
        Reversibility reversibility,
        Engine engine,
        int level,
        double confidence,
        boolean isProtected,
        boolean fenced,
        int instances,
        Set<EvidenceKind> evidence,
        Instant at) {

    public PolicyQuestion {
        evidence = Set.copyOf(evidence);
    }

    public static PolicyQuestion of(Situation situation) {
        String playbook = situation.plan().getPlaybook();
        int hash = playbook.indexOf('@');
        return new PolicyQuestion(
                situation.plan().getEnvironment(),
                situation.plan().getService(),
                situation.service().serviceClass(),
                situation.plan().getAction(),
                hash < 0 ? playbook : playbook.substring(0, hash),
                situation.plan().getCauseClass(),
                situation.plan().getReversibility(),
                situation.investigation().getEngine(),
                situation.trustedLevel(),
                situation.confidence(),
                situation.service().isProtected(),
                situation.target().fenced(),
                situation.plan().getInstances().size(),
                situation.evidenceKinds(),
                situation.now());
    }
}
