package io.nightshift.learn.domain;

import io.nightshift.events.ActionStatus;
import io.nightshift.events.ActionTrace;
import io.nightshift.events.Attribution;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Conclusion;
import io.nightshift.events.Dossier;
import io.nightshift.events.OutcomeKind;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a bad outcome is put down to, with the evidence. The first that applies counts: a person's word; a step that failed; a
 * cause outside; a later investigation that names another cause; policy that let harm through alone; a recovery that was
 * declared and did not last; and where all was carried out as planned and did not help, the diagnosis.
 */
record Blame(Attribution attribution, String because) {

    static final int CHARS = 300;
    private static final Set<CauseClass> OUTSIDE = EnumSet.of(CauseClass.EXTERNAL, CauseClass.TRAFFIC_SURGE);
    private static final Blame NONE = new Blame(Attribution.UNKNOWN, "");

    static Blame of(ActionTrace trace, Dossier dossier, Ending ending) {
        boolean needless = ending.outcome() == OutcomeKind.HUMAN_DID_OTHERWISE
                && Traces.startedAt(trace).isPresent();
        if (!Ending.isBad(ending.outcome()) && !needless) {
            return NONE;
        }
        return byAPerson(dossier)
                .or(() -> execution(trace))
                .or(() -> otherCause(trace, dossier))
                .orElseGet(() -> needless
                        ? of(Attribution.WRONG_DIAGNOSIS, "a person says that nothing was wrong")
                        : byItsEnd(trace, dossier, ending));
    }

    private static Optional<Blame> byAPerson(Dossier dossier) {
        return dossier.getRemarks().stream()
                .filter(remark -> remark.getBecause() != Attribution.UNKNOWN)
                .reduce((earlier, later) -> later)
                .map(remark -> of(remark.getBecause(), remark.getActor() + " says so"));
    }

    private static Optional<Blame> execution(ActionTrace trace) {
        if (!trace.getFailures().isEmpty()) {
            return Optional.of(of(
                    Attribution.EXECUTION,
                    "a step failed: " + trace.getFailures().get(0)));
        }
        return Traces.last(trace, ActionStatus.FAILED)
                .map(at -> of(Attribution.EXECUTION, "it could not be carried out: it failed at " + at));
    }

    /** An investigation that was made after the action began sees what the first one could not. */
    private static Optional<Blame> otherCause(ActionTrace trace, Dossier dossier) {
        Instant started = Traces.startedAt(trace).orElse(Instant.MAX);
        List<Conclusion> later = dossier.getConclusions().stream()
                .filter(conclusion -> conclusion.getAt().isAfter(started))
                .filter(conclusion -> conclusion.getCauseClass() != CauseClass.UNKNOWN
                        && conclusion.getCauseClass() != CauseClass.NO_CULPRIT)
                .toList();
        if (later.isEmpty()) {
            return Optional.empty();
        }
        Conclusion last = later.get(later.size() - 1);
        String names = "investigation " + last.getInvestigationId() + " names " + Words.of(last.getCauseClass())
                + (last.getService().isEmpty() ? "" : " of " + last.getService());
        if (OUTSIDE.contains(last.getCauseClass())) {
            return Optional.of(of(Attribution.EXTERNAL, names));
        }
        boolean other = last.getCauseClass() != trace.getCauseClass()
                || !last.getService().equals(trace.getService());
        return other
                ? Optional.of(of(
                        Attribution.WRONG_DIAGNOSIS,
                        names + ", the repair was meant for " + Words.of(trace.getCauseClass()) + " of "
                                + trace.getService()))
                : Optional.empty();
    }

    private static Blame byItsEnd(ActionTrace trace, Dossier dossier, Ending ending) {
        if (ending.outcome() == OutcomeKind.HARMFUL && Traces.isAutomatic(trace)) {
            return of(Attribution.POLICY, "no person was asked" + rules(trace) + harm(trace, dossier));
        }
        Optional<Instant> recovered = Traces.last(trace, ActionStatus.RECOVERED);
        if (recovered.isPresent()) {
            return of(
                    Attribution.VERIFICATION,
                    "recovery was declared at " + recovered.get() + ", "
                            + (ending.outcome() == OutcomeKind.RECURRED
                                    ? "and at " + ending.at() + " the trouble was back"
                                    : "and " + Words.of(ending.outcome()) + " it was"));
        }
        return of(
                Attribution.WRONG_DIAGNOSIS,
                "it was carried out as planned, and the trouble stayed" + harm(trace, dossier));
    }

    private static String rules(ActionTrace trace) {
        return trace.getRules().isEmpty() ? "" : " (" + String.join(", ", trace.getRules()) + ")";
    }

    private static String harm(ActionTrace trace, Dossier dossier) {
        Ending machines = new Ending(OutcomeKind.HARMFUL, Instant.MAX);
        List<String> worse = Ending.gotWorse(trace, dossier, machines);
        return worse.isEmpty() ? "" : "; worse afterwards: " + String.join(", ", worse);
    }

    private static Blame of(Attribution attribution, String because) {
        return new Blame(attribution, Dossiers.cut(because, CHARS));
    }
}
