package io.nightshift.learn.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Conclusion;
import io.nightshift.events.Dossier;
import io.nightshift.events.Experience;
import io.nightshift.events.OutcomeKind;
import io.nightshift.events.Remark;
import io.nightshift.schemas.CauseHash;
import java.util.List;
import java.util.Optional;

/** What a person did of their own about an incident, by a trusted person's word. */
final class PersonsAction {

    private PersonsAction() {}

    /** The last word on what was done; empty when nobody said, or when it was bad. */
    static Optional<Remark> of(Dossier dossier) {
        return dossier.getRemarks().stream()
                .filter(remark -> remark.getDid() != ActionKind.UNKNOWN)
                .filter(remark -> !remark.getVerdict().equals(IncidentVerdict.BAD.word()))
                .reduce((earlier, later) -> later);
    }

    /** What it teaches about that action where Nightshift had proposed something else, or nothing. */
    static Optional<Experience> experience(Dossier dossier) {
        List<Conclusion> conclusions = dossier.getConclusions();
        if (conclusions.isEmpty() || dossier.getFingerprint().isEmpty()) {
            return Optional.empty();
        }
        Conclusion cause = conclusions.get(conclusions.size() - 1);
        return of(dossier)
                .filter(did -> dossier.getActions().stream().noneMatch(trace -> trace.getAction() == did.getDid()))
                .filter(did -> !cause.getService().isEmpty())
                .map(did -> Experience.newBuilder()
                        .setIncidentId(dossier.getIncidentId())
                        .setActionId(CauseHash.id("person", dossier.getIncidentId()))
                        .setFingerprint(dossier.getFingerprint())
                        .setCauseClass(cause.getCauseClass())
                        .setService(cause.getService())
                        .setServiceClass(dossier.getClasses().getOrDefault(cause.getService(), cause.getService()))
                        .setAction(did.getDid())
                        .setOutcome(OutcomeKind.HUMAN_DID_IT)
                        .setAt(did.getAt())
                        .setDrill(Remarks.isDrill(dossier.getRemarks()))
                        .setSymptoms(dossier.getSymptoms())
                        .setProposed(false)
                        .build());
    }
}
