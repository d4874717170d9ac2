package io.nightshift.schemas.trust;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Experience;
import io.nightshift.events.Plan;
import io.nightshift.events.Trust;

/**
 * What is trusted: an action, for a class of services, against a class of causes. Its text form {@code action|class|cause} is the
 * key in {@code trust}; a playbook stands as {@code PLAYBOOK:name}, for one playbook says nothing about another.
 *
 * @param playbook name of the playbook without its digest; empty for a plan of one action
 */
public record TrustKey(ActionKind action, String playbook, String serviceClass, CauseClass causeClass) {

    public static TrustKey of(Experience experience) {
        return new TrustKey(
                experience.getAction(),
                name(experience.getPlaybook()),
                experience.getServiceClass(),
                experience.getCauseClass());
    }

    public static TrustKey of(Trust trust) {
        return new TrustKey(trust.getAction(), trust.getPlaybook(), trust.getServiceClass(), trust.getCauseClass());
    }

    /** @param serviceClass of the service that the plan is for */
    public static TrustKey of(Plan plan, String serviceClass) {
        return new TrustKey(plan.getAction(), name(plan.getPlaybook()), serviceClass, plan.getCauseClass());
    }

    private static String name(String playbook) {
        int at = playbook.indexOf('@');
        return at < 0 ? playbook : playbook.substring(0, at);
    }

    @Override
    public String toString() {
        return action + (playbook.isEmpty() ? "" : ":" + playbook) + "|" + serviceClass + "|" + causeClass;
    }
}
