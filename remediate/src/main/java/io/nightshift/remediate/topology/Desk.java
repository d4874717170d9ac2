package io.nightshift.remediate.topology;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionState;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.HaltRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.Investigation;
import io.nightshift.events.ProbeReport;
import io.nightshift.remediate.domain.Admission;
import io.nightshift.remediate.domain.AdmissionMemory;
import io.nightshift.remediate.domain.Controls;
import io.nightshift.remediate.domain.Notes;
import io.nightshift.remediate.domain.Outbox;
import io.nightshift.remediate.domain.Progress;
import io.nightshift.remediate.domain.ShadowWatch;
import io.nightshift.remediate.domain.Verification;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** Those who decide, and which record goes to whom. */
public record Desk(
        Admission admission, Controls controls, Progress progress, Verification verification, ShadowWatch shadows) {

    /** Whether a change is of a service that is acted on; what strangers tell of others goes no further. */
    boolean concerns(ChangeEvent change) {
        return admission
                .planning()
                .inventory()
                .service(ServiceKey.of(change.getService()).toString())
                .isPresent();
    }

    /** @param at the record's Kafka timestamp */
    void on(SpecificRecord record, Instant at, AdmissionMemory memory, Outbox out, Instant now) {
        if (record instanceof Investigation investigation) {
            // First whether an old repair failed to hold: the next proposal is judged in that light.
            verification.on(investigation, memory, out, now);
            admission.on(investigation, memory, out, now);
        } else if (record instanceof Incident incident) {
            verification.on(incident, memory, out, now);
            admission.on(incident, memory, out, now);
            shadows.on(incident, memory, out, now);
        } else if (record instanceof ChangeEvent change) {
            shadows.on(change, memory, out, now);
        } else if (record instanceof ActionEvent event) {
            progress.on(event, memory, out, now);
        } else if (record instanceof ProbeReport report) {
            verification.on(report, memory);
        } else if (record instanceof ControlRecord control) {
            controls.on(control, at, memory, out, now);
        } else if (record instanceof HaltRecord halt) {
            controls.on(halt, memory, out, now);
        }
    }

    /** Once a second: what verification, deadlines and waiting proposals are due. */
    void tick(AdmissionMemory memory, Outbox out, Instant now) {
        for (ActionState state : memory.actions()) {
            verification.due(state, memory, out, now);
            admission.questions().due(state, memory, out, now);
            memory.action(state.getEvent().getActionId()).ifPresent(after -> progress.due(after, memory, out, now));
        }
        for (Incident incident : memory.incidents()) {
            boolean over = incident.getPhase() == IncidentPhase.RESOLVED || incident.getPhase() == IncidentPhase.MERGED;
            if (over && incident.getUpdatedAt().plus(progress.remembered()).isBefore(now)) {
                memory.forgetIncident(incident.getId());
                Notes.forgetEpisode(memory, incident.getId());
            }
        }
        admission.again(memory, out, now);
    }
}
