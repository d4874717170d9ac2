package io.nightshift.remediate.domain;

import io.nightshift.events.PlanStep;
import io.nightshift.events.ProbeResult;
import io.nightshift.remediate.domain.catalogue.Proof;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The probes that a step names: before it, and after it. No answer is never a good one. */
public final class StepProbes {

    private StepProbes() {}

    /**
     * What speaks against beginning the step.
     *
     * @param readings of every probe, by instance
     */
    public static Optional<String> against(PlanStep step, Map<String, List<ProbeResult>> readings) {
        for (String instance : step.getInstances()) {
            for (String probe : step.getPrechecks()) {
                if (!isWell(probe, readings.getOrDefault(instance, List.of()))) {
                    return Optional.of("probe " + probe + " of " + instance + " does not pass, which the step "
                            + step.getName() + " asks for");
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Whether an instance is as the step wants it before the next one; the rest is seen at the end of the batch, and of the
     * plan. A step that names no probe wants all of them.
     *
     * @param readings of every probe on the instance, after the effect
     */
    public static boolean areWell(PlanStep step, List<ProbeResult> readings) {
        List<String> named = step.getVerify().stream()
                .filter(name -> Proof.named(name).isEmpty())
                .toList();
        return named.isEmpty()
                ? !readings.isEmpty() && readings.stream().allMatch(ProbeResult::getPassed)
                : named.stream().allMatch(probe -> isWell(probe, readings));
    }

    private static boolean isWell(String probe, List<ProbeResult> readings) {
        List<ProbeResult> own = readings.stream()
                .filter(reading -> reading.getProbe().equals(probe))
                .toList();
        return !own.isEmpty() && own.stream().allMatch(ProbeResult::getPassed);
    }
}
