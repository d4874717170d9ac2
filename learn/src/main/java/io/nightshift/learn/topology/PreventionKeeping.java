package io.nightshift.learn.topology;

import io.nightshift.events.Prevention;
import io.nightshift.events.Sighting;
import io.nightshift.learn.domain.Preventions;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;

/** Counts the incidents of each fingerprint, and forwards the proposal to prevent it when it changed; null when it no longer stands. */
final class PreventionKeeping implements FixedKeyProcessor<String, Sighting, Prevention> {

    private FixedKeyProcessorContext<String, Prevention> context;
    private Prefixed<Sighting> sightings;
    private KeyValueStore<String, Prevention> preventions;

    @Override
    public void init(FixedKeyProcessorContext<String, Prevention> processorContext) {
        context = processorContext;
        sightings = new Prefixed<>(processorContext.getStateStore(LearnTopology.SIGHTINGS_STORE));
        preventions = processorContext.getStateStore(LearnTopology.PREVENTIONS_STORE);
    }

    @Override
    public void process(FixedKeyRecord<String, Sighting> told) {
        if (told.value().getWithdrawn()) {
            sightings.remove(told.key(), told.value().getIncidentId());
        } else {
            sightings.put(told.key(), told.value().getIncidentId(), told.value());
        }
        Prevention known = preventions.get(told.key());
        Prevention now = Preventions.of(sightings.of(told.key())).orElse(null);
        if (now == null ? known != null : !now.equals(known)) {
            preventions.put(told.key(), now);
            context.forward(told.withValue(now));
        }
    }
}
