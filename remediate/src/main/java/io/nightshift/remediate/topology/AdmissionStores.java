package io.nightshift.remediate.topology;

import io.nightshift.events.ActionState;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.Trust;
import io.nightshift.remediate.domain.AdmissionMemory;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** Admission's memory in state stores, which survive restarts by their changelogs. */
final class AdmissionStores implements AdmissionMemory {

    static final String ACTIONS = "admission-actions";
    static final String INCIDENTS = "admission-incidents";
    static final String WAITING = "admission-waiting";
    static final String NOTES = "admission-notes";
    static final String TRUST = "admission-trust";
    static final String[] NAMES = {ACTIONS, INCIDENTS, WAITING, NOTES, TRUST};

    private final Shelf<ActionState> actions;
    private final Shelf<Incident> incidents;
    private final Shelf<Investigation> waiting;
    private final KeyValueStore<String, String> notes;
    private final KeyValueStore<String, Trust> trust;

    AdmissionStores(ProcessorContext<?, ?> context) {
        actions = new Shelf<>(context.getStateStore(ACTIONS));
        incidents = new Shelf<>(context.getStateStore(INCIDENTS));
        waiting = new Shelf<>(context.getStateStore(WAITING));
        notes = context.getStateStore(NOTES);
        trust = context.getStateStore(TRUST);
    }

    @Override
    public Optional<ActionState> action(String actionId) {
        return actions.get(actionId);
    }

    @Override
    public List<ActionState> actions() {
        return actions.all();
    }

    @Override
    public void keep(ActionState state) {
        actions.put(state.getEvent().getActionId(), state);
    }

    @Override
    public void forgetAction(String actionId) {
        actions.delete(actionId);
    }

    @Override
    public Optional<Incident> incident(String incidentId) {
        return incidents.get(incidentId);
    }

    @Override
    public List<Incident> incidents() {
        return incidents.all();
    }

    @Override
    public void keep(Incident incident) {
        incidents.put(incident.getId(), incident);
    }

    @Override
    public void forgetIncident(String incidentId) {
        incidents.delete(incidentId);
    }

    @Override
    public Optional<Investigation> waiting(String incidentId) {
        return waiting.get(incidentId);
    }

    @Override
    public List<Investigation> allWaiting() {
        return waiting.all();
    }

    @Override
    public void keepWaiting(Investigation investigation) {
        waiting.put(investigation.getIncidentId(), investigation);
    }

    @Override
    public void forgetWaiting(String incidentId) {
        waiting.delete(incidentId);
    }

    @Override
    public Optional<Trust> trust(String key) {
        return Optional.ofNullable(trust.get(key));
    }

    @Override
    public void keep(String key, Trust known) {
        trust.put(key, known);
    }

    @Override
    public void forgetTrust(String key) {
        trust.delete(key);
    }

    @Override
    public Optional<String> note(String key) {
        return Optional.ofNullable(notes.get(key));
    }

    @Override
    public void note(String key, String value) {
        notes.put(key, value);
    }

    @Override
    public void forgetNote(String key) {
        notes.delete(key);
    }
}
