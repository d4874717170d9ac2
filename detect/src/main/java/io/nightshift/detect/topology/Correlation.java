package io.nightshift.detect.topology;

import io.nightshift.detect.domain.correlate.CorrelationSettings;
import io.nightshift.detect.domain.correlate.Correlator;
import io.nightshift.detect.domain.graph.ServiceGraph;
import io.nightshift.detect.domain.time.TickClock;
import io.nightshift.events.Anomaly;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.Tick;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Correlates per environment; open incidents, their members and the graph survive a restart. */
final class Correlation implements Processor<String, SpecificRecord, String, Incident> {

    static final String MEMBERS = "incident-members";
    static final String INCIDENTS = "open-incidents";
    static final String GRAPH = "correlation-graph";
    private static final char SEPARATOR = '|';

    private final CorrelationSettings settings;
    private final Tallies tallies;
    private final Map<String, Correlator> correlators = new LinkedHashMap<>();
    private final TickClock clock = new TickClock();
    private ProcessorContext<String, Incident> context;
    private KeyValueStore<String, Anomaly> members;
    private KeyValueStore<String, Incident> incidents;
    private KeyValueStore<String, GraphEntry> graph;

    Correlation(CorrelationSettings settings, Tallies tallies) {
        this.settings = settings;
        this.tallies = tallies;
    }

    @Override
    public void init(ProcessorContext<String, Incident> context) {
        this.context = context;
        members = context.getStateStore(MEMBERS);
        incidents = context.getStateStore(INCIDENTS);
        graph = context.getStateStore(GRAPH);
        // A task that is revived after an aborted transaction keeps this object: what was on the heap was never
        // committed.
        correlators.clear();
        try (KeyValueIterator<String, GraphEntry> all = graph.all()) {
            all.forEachRemaining(e -> of(e.value.getSubject().getEnvironment()).accept(e.value));
        }
        try (KeyValueIterator<String, Incident> all = incidents.all()) {
            all.forEachRemaining(e -> of(e.value.getEnvironment()).restore(e.value));
        }
        try (KeyValueIterator<String, Anomaly> all = members.all()) {
            while (all.hasNext()) {
                KeyValue<String, Anomaly> entry = all.next();
                String incident = entry.key.substring(0, entry.key.indexOf(SEPARATOR));
                of(entry.value.getSubject().getEnvironment()).restore(incident, entry.value);
            }
        }
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        if (record.value() instanceof Tick tick) {
            if (clock.hear(tick.getWriter(), tick.getWatermarkMicros())) {
                for (Correlator correlator : correlators.values()) {
                    correlator.time(clock.nowMicros() / 1000).forEach(incident -> say(incident, record.timestamp()));
                }
            }
        } else if (record.value() instanceof Anomaly anomaly) {
            Correlator correlator = of(anomaly.getSubject().getEnvironment());
            long before = correlator.dropped();
            correlator.accept(anomaly);
            for (long i = before; i < correlator.dropped(); i++) {
                tallies.count("anomalies-dropped");
            }
        } else if (record.value() instanceof GraphEntry entry) {
            of(entry.getSubject().getEnvironment()).accept(entry);
            String key = entry.getSubject().getEnvironment() + SEPARATOR + ServiceGraph.key(entry.getSubject());
            if (entry.getValidTo() == null) {
                graph.put(key, entry);
            } else {
                graph.delete(key);
            }
        }
    }

    private void say(Incident incident, long timestamp) {
        tallies.count("incidents." + incident.getPhase());
        context.forward(new Record<>(incident.getId(), incident, timestamp));
    }

    private Correlator of(String environment) {
        return correlators.computeIfAbsent(environment, e -> new Correlator(e, settings, memory()));
    }

    private Correlator.Memory memory() {
        return new Correlator.Memory() {
            @Override
            public void member(String incidentId, Anomaly anomaly) {
                members.put(incidentId + SEPARATOR + anomaly.getId(), anomaly);
            }

            @Override
            public void incident(Incident incident) {
                incidents.put(incident.getId(), incident);
            }

            @Override
            public void forget(String incidentId, Set<String> anomalyIds) {
                incidents.delete(incidentId);
                anomalyIds.forEach(id -> members.delete(incidentId + SEPARATOR + id));
            }
        };
    }
}
