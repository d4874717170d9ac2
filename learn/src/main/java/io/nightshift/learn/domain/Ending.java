package io.nightshift.learn.domain;

import io.nightshift.events.ActionMoment;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.ActionTrace;
import io.nightshift.events.Dossier;
import io.nightshift.events.OutcomeKind;
import io.nightshift.events.Remark;
import io.nightshift.events.Trouble;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How an action ended, if it did. RECOVERED is no end: it says that the trouble went away, not that it stayed away, so it waits
 * for HELD or RECURRED. A person who says that it did harm, or that nothing was wrong, is believed over the machine.
 *
 * @param at when that was known
 */
record Ending(OutcomeKind outcome, Instant at) {

    private static final Map<ActionStatus, OutcomeKind> ENDS = new EnumMap<>(Map.of(
            ActionStatus.HELD, OutcomeKind.HELD,
            ActionStatus.RECURRED, OutcomeKind.RECURRED,
            ActionStatus.NOT_RECOVERED, OutcomeKind.INEFFECTIVE,
            ActionStatus.FAILED, OutcomeKind.INEFFECTIVE,
            ActionStatus.ROLLED_BACK, OutcomeKind.UNDONE));

    private static final Set<OutcomeKind> BAD =
            EnumSet.of(OutcomeKind.RECURRED, OutcomeKind.INEFFECTIVE, OutcomeKind.HARMFUL, OutcomeKind.UNDONE);

    /** Whether this kind of outcome speaks against the action itself. */
    static boolean isBad(OutcomeKind outcome) {
        return BAD.contains(outcome);
    }

    static Optional<Ending> of(ActionTrace trace, Dossier dossier) {
        if (trace.getFingerprint().isEmpty()) {
            return Optional.empty();
        }
        return Traces.startedAt(trace).isPresent() && !trace.getShadow()
                ? carriedOut(trace, dossier)
                : onlyProposed(trace, dossier).or(() -> machines(trace));
    }

    private static Optional<Ending> carriedOut(ActionTrace trace, Dossier dossier) {
        Optional<Remark> said = Remarks.deciding(dossier.getRemarks());
        if (said.filter(remark -> is(remark, IncidentVerdict.BAD)).isPresent()) {
            return Optional.of(new Ending(OutcomeKind.HARMFUL, said.get().getAt()));
        }
        if (said.filter(remark -> is(remark, IncidentVerdict.FALSE_ALARM)).isPresent()) {
            return Optional.of(
                    new Ending(OutcomeKind.HUMAN_DID_OTHERWISE, said.get().getAt()));
        }
        return machines(trace)
                .map(ending -> gotWorse(trace, dossier, ending).isEmpty()
                        ? ending
                        : new Ending(OutcomeKind.HARMFUL, ending.at()));
    }

    private static Optional<Ending> machines(ActionTrace trace) {
        if (trace.getShadow()) {
            return Optional.empty();
        }
        return trace.getMoments().stream()
                .filter(moment -> ENDS.containsKey(moment.getStatus()))
                // What failed before it began touched nothing, and says nothing of the remedy.
                .filter(moment -> moment.getStatus() != ActionStatus.FAILED
                        || Traces.startedAt(trace).isPresent())
                .reduce((earlier, later) -> later)
                .map(Ending::of);
    }

    private static Ending of(ActionMoment moment) {
        return new Ending(ENDS.get(moment.getStatus()), moment.getAt());
    }

    /** What was not carried out is judged by what a person did: the same, or something else. */
    private static Optional<Ending> onlyProposed(ActionTrace trace, Dossier dossier) {
        Optional<Remark> verdict = Remarks.deciding(dossier.getRemarks())
                .filter(said -> !is(said, IncidentVerdict.GOOD))
                .filter(said -> !is(said, IncidentVerdict.BAD) || !somethingWasDone(dossier));
        if (verdict.isPresent()) {
            return Optional.of(
                    new Ending(OutcomeKind.HUMAN_DID_OTHERWISE, verdict.get().getAt()));
        }
        return PersonsAction.of(dossier)
                .map(did -> new Ending(
                        did.getDid() == trace.getAction() ? OutcomeKind.HUMAN_DID_IT : OutcomeKind.HUMAN_DID_OTHERWISE,
                        did.getAt()));
    }

    /** Then a bad is about that, and not about what was only proposed beside it. */
    private static boolean somethingWasDone(Dossier dossier) {
        return dossier.getActions().stream()
                .anyMatch(trace -> !trace.getShadow() && Traces.startedAt(trace).isPresent());
    }

    /**
     * What got worse after the action and speaks of harm: probes that had passed and failed later; and, where the action did not
     * end well, suffering of a service of the incident that had none before the action began.
     */
    static List<String> gotWorse(ActionTrace trace, Dossier dossier, Ending ending) {
        if (!trace.getWorse().isEmpty()) {
            return trace.getWorse();
        }
        Optional<Instant> started = Traces.startedAt(trace);
        if (!isBad(ending.outcome()) || started.isEmpty()) {
            return List.of();
        }
        List<String> before = dossier.getTroubles().stream()
                .filter(trouble -> !trouble.getOnset().isAfter(started.get()))
                .map(Trouble::getService)
                .toList();
        return dossier.getTroubles().stream()
                .filter(trouble -> trouble.getOnset().isAfter(started.get())
                        && trouble.getOnset().isBefore(ending.at()))
                .filter(trouble ->
                        !trouble.getService().equals(trace.getService()) && !before.contains(trouble.getService()))
                .map(trouble -> Words.of(trouble.getKind()) + " of " + trouble.getService())
                .distinct()
                .toList();
    }

    private static boolean is(Remark remark, IncidentVerdict verdict) {
        return remark.getVerdict().equals(verdict.word());
    }
}
