package io.nightshift.oversee.domain.view;

import java.util.List;

/**
 * An action with its last standing. Times are milliseconds since the epoch.
 *
 * @param action what is done, in words
 * @param status last status in words
 * @param tone how it reads: bad, warn, good, person or calm
 * @param waits whether a person is asked
 * @param planHash what an approval is bound to
 * @param reversibility what can be done about it afterwards, or empty without a plan
 * @param deadline by when it must have ended, or null
 * @param recoverySeconds from onset to verified recovery, or null
 */
public record ActionView(
        String actionId,
        String incidentId,
        String action,
        String target,
        List<String> instances,
        String status,
        String tone,
        boolean waits,
        boolean shadow,
        String sentence,
        long at,
        String planHash,
        String reversibility,
        Long deadline,
        Double recoverySeconds,
        VerdictView verdict,
        List<StepView> steps,
        List<ProbeView> probes,
        List<String> evidenceKept) {

    /**
     * What policy decided.
     *
     * @param level autonomy level in force, 1 to 5
     */
    public record VerdictView(
            String decision,
            List<String> rules,
            List<String> reasons,
            String policyVersion,
            int level,
            List<String> approvals,
            long at) {}

    /** What was done to one instance. */
    public record StepView(
            String instance,
            String status,
            Long startedAt,
            Long finishedAt,
            String stateBefore,
            String stateAfter,
            String message) {}

    /** What an independent probe saw. */
    public record ProbeView(
            String probe, String subject, long at, boolean passed, Double value, String unit, String message) {}
}
