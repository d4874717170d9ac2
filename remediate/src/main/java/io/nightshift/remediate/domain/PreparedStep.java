package io.nightshift.remediate.domain;

import io.nightshift.events.Reversibility;
import io.nightshift.remediate.domain.catalogue.Effect;
import io.nightshift.remediate.domain.playbook.PlaybookStep;
import java.time.Duration;
import java.util.Optional;

/**
 * A playbook's step with what its target declares for it.
 *
 * @param declared as the playbook has it
 * @param effect by the kind that the target declares, with its arguments filled in
 * @param undo what takes it back; empty where nothing does, and for what itself takes an earlier step back
 * @param serviceWide whether it acts on the service as a whole
 * @param timeout hard timeout of one effect
 */
record PreparedStep(
        PlaybookStep declared,
        Effect effect,
        Optional<Effect> undo,
        boolean serviceWide,
        Reversibility reversibility,
        boolean idempotent,
        Duration timeout) {

    /** Whether it is done together with the step before it, instance by instance. */
    boolean joins(PreparedStep before) {
        return !serviceWide && !before.serviceWide && declared.batches().equals(before.declared.batches());
    }
}
