package io.nightshift.remediate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.PlanStep;
import io.nightshift.events.ProbeResult;
import io.nightshift.remediate.Stories;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepProbesTest {

    private static PlanStep step(List<String> prechecks, List<String> verify) {
        return PlanStep.newBuilder()
                .setName("restart")
                .setAction(ActionKind.RESTART)
                .setSubject("a")
                .setInstances(List.of("a"))
                .setPrechecks(prechecks)
                .setVerify(verify)
                .build();
    }

    private static ProbeResult reading(String probe, boolean passed) {
        return ProbeResult.newBuilder()
                .setProbe(probe)
                .setSubject("a")
                .setAt(Stories.NOW)
                .setPassed(passed)
                .setMessage("")
                .build();
    }

    private static boolean isWell(List<String> verify, String instance, ProbeResult... readings) {
        return StepProbes.isWell(step(List.of(), verify), instance, List.of(readings));
    }

    @Test
    void aStepBeginsOnlyWhenTheProbesThatItNamesPass() {
        PlanStep step = step(List.of("health"), List.of("heap"));
        assertThat(StepProbes.against(step, Map.of("a", List.of(reading("health", true), reading("heap", false)))))
                .isEmpty();
        assertThat(StepProbes.against(step, Map.of("a", List.of(reading("health", false)))))
                .get()
                .asString()
                .contains("probe health of a does not pass");
        assertThat(StepProbes.against(step, Map.of("a", List.of(reading("heap", true)))))
                .as("no answer is never a good one")
                .isPresent();
        assertThat(StepProbes.against(step, Map.of())).isPresent();
    }

    @Test
    void afterItWhatItNamesMustPass() {
        assertThat(isWell(List.of("heap"), "a", reading("heap", true), reading("health", false)))
                .isTrue();
        assertThat(isWell(List.of("heap"), "a", reading("heap", false), reading("health", true)))
                .isFalse();
        assertThat(isWell(List.of("heap"), "a")).isFalse();
        assertThat(isWell(List.of("heap", "probes-well"), "a", reading("heap", true), reading("health", false)))
                .isFalse();
        assertThat(isWell(List.of(), "a", reading("heap", true), reading("health", false)))
                .as("a step that names nothing wants all")
                .isFalse();
        assertThat(isWell(List.of("probes-well"), "a")).isFalse();
    }

    @Test
    void theOthersCountWhereTheyCarryTheLoad() {
        assertThat(StepProbes.concerns(step(List.of(), List.of("probes-well")), "b"))
                .isFalse();
        assertThat(StepProbes.concerns(step(List.of(), List.of("others-well")), "b"))
                .isTrue();
        assertThat(isWell(List.of("others-well"), "a", reading("heap", false)))
                .as("what was drained may still be sick")
                .isTrue();
        assertThat(isWell(List.of("others-well"), "b", reading("heap", false))).isFalse();
        assertThat(isWell(List.of("others-well"), "b")).isFalse();
    }
}
