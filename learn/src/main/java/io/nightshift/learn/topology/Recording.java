package io.nightshift.learn.topology;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Dossier;
import io.nightshift.events.Experience;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.learn.domain.Dossiers;
import io.nightshift.learn.domain.Experiences;
import io.nightshift.learn.domain.Preventions;
import io.nightshift.learn.domain.Remarks;
import io.nightshift.schemas.Question;
import java.util.Locale;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the dossier of each incident, and forwards how what it teaches changed. */
final class Recording implements Processor<String, SpecificRecord, String, SpecificRecord> {

    private final Dossiers dossiers;
    private final Tallies tallies;
    private ProcessorContext<String, SpecificRecord> context;
    private KeyValueStore<String, Dossier> store;

    Recording(Dossiers dossiers, Tallies tallies) {
        this.dossiers = dossiers;
        this.tallies = tallies;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> processorContext) {
        context = processorContext;
        store = processorContext.getStateStore(LearnTopology.DOSSIERS_STORE);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        String incidentId = record.key();
        if (incidentId == null || incidentId.isEmpty() || Question.isId(incidentId)) {
            return; // Of no incident.
        }
        Dossier known = store.get(incidentId);
        Dossier before = known == null ? Dossiers.empty(incidentId) : known;
        Dossier after = after(before, record.value());
        if (after.equals(before)) {
            return;
        }
        store.put(incidentId, after);
        for (Experience change : Experiences.changes(before, after)) {
            tell(change);
            context.forward(record.withKey(incidentId).withValue((SpecificRecord) change));
        }
        Preventions.changes(before, after)
                .forEach(change -> context.forward(record.withValue((SpecificRecord) change)));
    }

    private Dossier after(Dossier dossier, SpecificRecord value) {
        if (value instanceof Incident incident) {
            return dossiers.with(dossier, incident);
        }
        if (value instanceof ActionEvent event) {
            return dossiers.with(dossier, event);
        }
        if (value instanceof Investigation investigation) {
            return dossiers.with(dossier, investigation);
        }
        ControlRecord control = (ControlRecord) value;
        return control.getKind() == ControlKind.REVOKE
                ? Dossiers.revoked(dossier)
                : dossiers.with(dossier, Remarks.of(control).orElseThrow());
    }

    private void tell(Experience change) {
        if (change.getWithdrawn()) {
            tallies.count("experience.withdrawn");
        } else {
            tallies.count("experience." + change.getOutcome().name().toLowerCase(Locale.ROOT));
            if (change.getStartedAt() == null && change.getProposed() && !isPersons(change)) {
                tallies.count("outcome.without-action");
            }
        }
    }

    private static boolean isPersons(Experience change) {
        return switch (change.getOutcome()) {
            case HUMAN_DID_IT, HUMAN_DID_OTHERWISE -> true;
            default -> false;
        };
    }
}
