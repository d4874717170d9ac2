package io.nightshift.remediate.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ProbeResult;
import io.nightshift.remediate.Stories;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorseningTest {

    private static final List<String> PASSING = Worsening.passing(
            List.of(probe("heap", "a-1", true), probe("heap", "a-2", false), probe("disk", "a-2", true)));

    @Test
    void onlyWhatPassedBeforeCanGetWorse() {
        assertThat(PASSING).containsExactly("a-1|heap", "a-2|disk");
        assertThat(Worsening.of(PASSING, List.of(probe("heap", "a-1", true), probe("heap", "a-2", false))))
                .isEmpty();
        assertThat(Worsening.of(PASSING, List.of(probe("heap", "a-1", false))))
                .contains("the probe heap of a-1, which passed before, fails (said so)");
    }

    @Test
    void theSameProbeOfAnotherSubjectIsAnotherProbe() {
        assertThat(Worsening.of(PASSING, List.of(probe("disk", "a-1", false)))).isEmpty();
    }

    @Test
    void whatWasAlreadySickMayGetWorseByWhatAilsIt() {
        List<ProbeResult> now =
                List.of(probe("heap", "a-1", false), probe("heap", "a-2", false), probe("disk", "a-2", false));
        assertThat(Worsening.ofTheWell(PASSING, now)).containsExactly("a-1|heap");
        assertThat(Worsening.of(PASSING, now.subList(1, 3))).isPresent();
        assertThat(Worsening.of(Worsening.ofTheWell(PASSING, now), now.subList(1, 3)))
                .isEmpty();
    }

    private static ProbeResult probe(String name, String subject, boolean passed) {
        return ProbeResult.newBuilder()
                .setProbe(name)
                .setSubject(subject)
                .setAt(Stories.NOW)
                .setPassed(passed)
                .setMessage("said so")
                .build();
    }
}
