package io.nightshift.remediate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Reversibility;
import io.nightshift.remediate.domain.catalogue.ActionSpec;
import io.nightshift.remediate.domain.catalogue.Catalogue;
import io.nightshift.remediate.domain.catalogue.DeclaredActions;
import io.nightshift.remediate.domain.catalogue.Effect;
import io.nightshift.remediate.domain.catalogue.Proof;
import io.nightshift.remediate.domain.playbook.Playbook;
import io.nightshift.remediate.domain.playbook.PlaybookStep;
import io.nightshift.remediate.domain.playbook.PlaybookStep.Subject;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.ProbeSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Fits a playbook's steps to a service and its target, and refuses what does not fit. */
record Preparation(Playbook playbook, InventoryService service, DeclaredActions target) {

    /** @param told values of the playbook's parameters */
    List<PreparedStep> of(Map<String, String> told) throws RefusedException {
        List<PreparedStep> prepared = new ArrayList<>();
        for (PlaybookStep step : playbook.steps()) {
            checkProbes(step);
            prepared.add(prepare(step, told, prepared));
        }
        return prepared;
    }

    private PreparedStep prepare(PlaybookStep step, Map<String, String> told, List<PreparedStep> earlier)
            throws RefusedException {
        ActionKind kind = target.effectOf(step.action())
                .orElseThrow(() -> refused(
                        "supported-action", step, "the inventory declares no " + step.action() + " for its target"));
        boolean serviceWide = target.isServiceWide(kind);
        checkSubject(step, serviceWide);
        ActionSpec spec = Catalogue.of(step.action()).orElseThrow();
        Effect effect = new Effect(step.action(), playbook.fill(step.arguments(), told));
        Optional<String> against = effect.againstArguments();
        if (against.isPresent()) {
            throw refused("arguments", step, against.get());
        }
        if (effect.isNoOp()) {
            throw refused("no-op", step, "it would end where it begins: it does and undoes nothing");
        }
        if (step.closing() && earlier.stream().noneMatch(each -> takesBack(effect, each))) {
            throw refused("no-op", step, "it stands under finally and takes no earlier step back");
        }
        Optional<Effect> undo = step.closing() ? Optional.empty() : undo(step, told, effect, kind);
        return new PreparedStep(
                step,
                new Effect(kind, effect.arguments()),
                undo,
                serviceWide,
                step.undo().isPresent() ? Reversibility.UNDOABLE : spec.reversibility(undo.isPresent()),
                spec.idempotent(),
                timeout(step, kind));
    }

    private static boolean takesBack(Effect effect, PreparedStep earlier) {
        return earlier.undo().filter(undo -> undo.endsLike(effect)).isPresent();
    }

    private Optional<Effect> undo(PlaybookStep step, Map<String, String> told, Effect effect, ActionKind kind)
            throws RefusedException {
        if (step.undo().isEmpty()) {
            return effect.undo().flatMap(back -> target.performable(back, kind));
        }
        Effect own = new Effect(
                step.undo().get().kind(), playbook.fill(step.undo().get().arguments(), told));
        Optional<String> against = own.againstArguments();
        if (against.isPresent()) {
            throw refused("arguments", step, "its undo: " + against.get());
        }
        if (own.endsLike(effect) || own.isNoOp()) {
            throw refused("no-op", step, "its undo ends where the step ends: it undoes nothing");
        }
        Optional<Effect> performable = target.performable(own, kind);
        if (performable.isEmpty()) {
            throw refused(
                    "supported-action",
                    step,
                    "the inventory declares no " + own.kind() + " of the same subject for its target, which is its"
                            + " undo");
        }
        return performable;
    }

    private void checkSubject(PlaybookStep step, boolean serviceWide) throws RefusedException {
        if (step.on() == Subject.SERVICE && !serviceWide) {
            throw refused("supported-action", step, "the target acts instance by instance, the step on the service");
        }
        if (step.on() == Subject.INSTANCES && serviceWide) {
            throw refused("supported-action", step, "the target acts on the service as a whole, the step on instances");
        }
    }

    private void checkProbes(PlaybookStep step) throws RefusedException {
        List<String> known = service.probes().stream().map(ProbeSpec::name).toList();
        Optional<String> unknown = Stream.concat(
                        step.prechecks().stream(),
                        step.verify().stream().filter(name -> Proof.named(name).isEmpty()))
                .filter(name -> !known.contains(name))
                .findFirst();
        if (unknown.isPresent()) {
            throw refused(
                    "declared-probe", step, service.id() + " has no probe '" + unknown.get() + "'; it has " + known);
        }
    }

    private Duration timeout(PlaybookStep step, ActionKind kind) {
        Duration declared = target.timeout(kind);
        return step.timeout().filter(own -> own.compareTo(declared) < 0).orElse(declared);
    }

    private RefusedException refused(String guard, PlaybookStep step, String why) {
        return RefusedException.by(guard, step.where() + ": step " + step.name() + ": " + why);
    }
}
