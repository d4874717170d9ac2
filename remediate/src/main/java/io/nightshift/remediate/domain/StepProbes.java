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
     * Whether what is wanted after the step concerns this instance: one that it touched, or one that carries the load
     * meanwhile.
     */
    public static boolean concerns(PlanStep step, String instance) {
        return step.getInstances().contains(instance) || step.getVerify().contains(Proof.OTHERS_WELL.label());
    }

    /**
     * Whether an instance is as the step wants it before the next one begins. What only telemetry tells is seen when the whole
     * plan is done. A step that wants nothing by name wants every probe.
     *
     * @param instance one that it concerns
     * @param readings of every probe on the instance, after the effect
     */
    public static boolean isWell(PlanStep step, String instance, List<ProbeResult> readings) {
        List<String> wanted = step.getVerify();
        boolean all = !step.getInstances().contains(instance)
                || wanted.isEmpty()
                || wanted.contains(Proof.PROBES_WELL.label());
        if (all) {
            return !readings.isEmpty() && readings.stream().allMatch(ProbeResult::getPassed);
        }
        return wanted.stream().filter(name -> Proof.named(name).isEmpty()).allMatch(probe -> isWell(probe, readings));
    }

    private static boolean isWell(String probe, List<ProbeResult> readings) {
        List<ProbeResult> own = readings.stream()
                .filter(reading -> reading.getProbe().equals(probe))
                .toList();
        return !own.isEmpty() && own.stream().allMatch(ProbeResult::getPassed);
    }
}
