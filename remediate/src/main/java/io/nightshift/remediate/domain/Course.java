package io.nightshift.remediate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.PlanStep;
import io.nightshift.events.Reversibility;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a plan does, step by step.
 *
 * @param steps effects in order
 * @param reversibility of the worst of them
 * @param idempotent whether each of them is as good done twice as once
 * @param timeout longest hard timeout of one effect
 * @param playbook {@code name@sha256}; empty for one action
 * @param level highest autonomy level at which it is treated, 1 to 5
 */
record Course(
        List<PlanStep> steps,
        Reversibility reversibility,
        boolean idempotent,
        Duration timeout,
        String playbook,
        int level) {

    private static final int ANY_LEVEL = 5;

    Course {
        steps = List.copyOf(steps);
    }

    static Course ofOneAction(List<PlanStep> steps, Reversibility reversibility, boolean idempotent, Duration timeout) {
        return new Course(steps, reversibility, idempotent, timeout, "", ANY_LEVEL);
    }

    /**
     * The longest that the steps may take together.
     *
     * @param settle time that each batch may take to be well again
     */
    Duration longest(Duration settle) {
        Duration effects = steps.stream().map(this::timeout).reduce(Duration.ZERO, Duration::plus);
        return effects.plus(settle.multipliedBy(pauses().size())).plus(pausing());
    }

    /** The longest that taking it all back may take: each undo as long as its step, and once to be well again. */
    Duration undoing(Duration settle) {
        Duration undo = steps.stream()
                .filter(step -> step.getUndo() != ActionKind.UNKNOWN)
                .map(this::timeout)
                .reduce(Duration.ZERO, Duration::plus);
        return undo.isZero() ? undo : undo.plus(settle);
    }

    /** Time spent watching between batches. */
    Duration pausing() {
        return pauses().values().stream().map(Duration::ofSeconds).reduce(Duration.ZERO, Duration::plus);
    }

    private Duration timeout(PlanStep step) {
        return step.getTimeoutSeconds() > 0 ? Duration.ofSeconds(step.getTimeoutSeconds()) : timeout;
    }

    /** The pause after each batch, seconds. */
    private Map<Integer, Long> pauses() {
        Map<Integer, Long> pauses = new LinkedHashMap<>();
        steps.forEach(step -> pauses.merge(step.getBatch(), (long) step.getPauseSeconds(), Math::max));
        return pauses;
    }
}
