package io.nightshift.remediate.domain.playbook;

import io.nightshift.events.ActionKind;
import io.nightshift.remediate.domain.catalogue.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A step of a playbook.
 *
 * @param name of its own within the playbook
 * @param action from the catalogue
 * @param arguments values, or {@code {parameter}} for one that the playbook is told
 * @param on what it acts on
 * @param batches how instances are taken
 * @param prechecks probes that must be well on its instances before
 * @param verify what must be seen after: names of probes, or labels of {@code Proof}; never empty
 * @param pause watched after each batch
 * @param timeout hard timeout of one effect, at most; empty for what the target declares
 * @param undo what takes it back in place of the catalogue's undo, its arguments as above
 * @param closing whether it takes an earlier step back at the end, whichever way that is reached
 * @param where file and line
 */
public record PlaybookStep(
        String name,
        ActionKind action,
        Map<String, String> arguments,
        Subject on,
        Batches batches,
        List<String> prechecks,
        List<String> verify,
        Duration pause,
        Optional<Duration> timeout,
        Optional<Effect> undo,
        boolean closing,
        String where) {

    /** What a step acts on. */
    public enum Subject {
        /** Whatever the target declares for its action. */
        AS_DECLARED,
        /** The service as a whole; a target that acts instance by instance is refused. */
        SERVICE,
        /** Instance by instance; a target that acts on the service as a whole is refused. */
        INSTANCES
    }

    public PlaybookStep {
        arguments = Map.copyOf(arguments);
        prechecks = List.copyOf(prechecks);
        verify = List.copyOf(verify);
    }
}
