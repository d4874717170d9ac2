package io.nightshift.remediate.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ActionKind;
import io.nightshift.events.PlanStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private static final List<Step> STEPS = steps(0, 1, 1, 2);

    @Test
    void batchesComeInTheirOrderAndKeepThePlansWithin() {
        assertThat(numbers(Batches.planned(steps(1, 0, 1, 0)))).containsExactly(List.of(1, 3), List.of(0, 2));
    }

    @Test
    void theSickComeFirstAndTheBatchesKeepTheirSizes() {
        Set<Integer> healthy = Set.of(0, 2);
        assertThat(numbers(Batches.sickFirst(STEPS, step -> false, step -> healthy.contains(step.number()))))
                .containsExactly(List.of(1), List.of(3, 0), List.of(2));
    }

    @Test
    void whatWasBegunStaysInFrontWhenARunIsTakenUpAgain() {
        assertThat(numbers(Batches.sickFirst(STEPS, step -> step.number() == 3, step -> step.number() == 3)))
                .containsExactly(List.of(3), List.of(0, 1), List.of(2));
    }

    private static List<Step> steps(int... batches) {
        List<Step> steps = new ArrayList<>();
        for (int batch : batches) {
            PlanStep planned = PlanStep.newBuilder()
                    .setAction(ActionKind.RESTART)
                    .setSubject("i-" + steps.size())
                    .setBatch(batch)
                    .build();
            steps.add(new Step(steps.size(), planned, false));
        }
        return steps;
    }

    private static List<List<Integer>> numbers(List<List<Step>> batches) {
        return batches.stream()
                .map(batch -> batch.stream().map(Step::number).toList())
                .toList();
    }
}
