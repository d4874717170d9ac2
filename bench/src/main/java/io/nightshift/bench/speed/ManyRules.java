package io.nightshift.bench.speed;

import io.nightshift.remediate.policy.Profile;
import java.util.function.IntFunction;

/** A policy as long as an installation of many services may have it. */
public final class ManyRules {

    /** Rules of the cautious policy, with which it begins. */
    public static final int FEWEST = 4;

    private ManyRules() {}

    /**
     * The cautious policy, and rules of their own for as many services as it takes. None of them lets anything be done at a level
     * below 4.
     *
     * @param rules in all, at least {@value #FEWEST}
     * @param service id of the service with this number
     */
    public static String text(int rules, IntFunction<String> service) {
        StringBuilder text = new StringBuilder(Profile.CAUTIOUS.policy().text());
        for (int i = FEWEST; i < rules; i++) {
            text.append("@id(\"rule-").append(i).append("\") ");
            text.append(i % 4 == 0 ? "forbid" : "permit");
            text.append(" (principal, action == Action::\"act\", resource == Service::\"")
                    .append(service.apply(i));
            text.append("\") when { context.level >= 4 && context.confidence >= ")
                    .append(50 + i % 40);
            text.append(
                    " && !context.protected && [\"UNDOABLE\", \"SELF_RESTORING\"].contains(context.reversibility) };\n");
        }
        return text.toString();
    }
}
