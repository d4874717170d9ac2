package io.nightshift.detect.topology;

import io.nightshift.detect.domain.graph.ServiceGraph;
import io.nightshift.events.EntityRef;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Resource;
import java.time.Instant;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the services and edges of this partition and says when they come, change and go. */
final class GraphKeeping implements Processor<String, GraphKeeping.Sighting, String, GraphEntry> {

    static final String STORE = "service-graph";

    /** A service that sent something, calls seen on an edge, or time: exactly one is set. */
    record Sighting(Arrival arrival, GraphEntry edge) {}

    private ProcessorContext<String, GraphEntry> context;
    private KeyValueStore<String, GraphEntry> store;
    private ServiceGraph graph;

    @Override
    public void init(ProcessorContext<String, GraphEntry> context) {
        this.context = context;
        store = context.getStateStore(STORE);
        graph = new ServiceGraph();
        try (KeyValueIterator<String, GraphEntry> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, GraphEntry> entry = all.next();
                graph.restore(entry.value);
            }
        }
    }

    @Override
    public void process(Record<String, Sighting> record) {
        Sighting sighting = record.value();
        if (sighting.edge() != null) {
            graph.seen(sighting.edge()).ifPresent(entry -> say(entry, record.timestamp()));
        } else if (sighting.arrival() instanceof Arrival.Telemetry telemetry && telemetry.latestMicros() > 0) {
            Resource from = telemetry.resource();
            EntityRef instance = new EntityRef(
                    from.getEnvironment(), from.getNamespace(), from.getService(), from.getInstance(), null);
            graph.seen(instance, from.getVersion(), instant(telemetry.latestMicros()))
                    .ifPresent(entry -> say(entry, record.timestamp()));
        } else if (sighting.arrival() instanceof Arrival.Time time) {
            for (GraphEntry ended : graph.time(instant(time.nowMicros()))) {
                store.delete(ServiceGraph.key(ended.getSubject()));
                forward(ended, record.timestamp());
            }
        }
    }

    private void say(GraphEntry entry, long timestamp) {
        store.put(ServiceGraph.key(entry.getSubject()), entry);
        forward(entry, timestamp);
    }

    private void forward(GraphEntry entry, long timestamp) {
        String key = entry.getSubject().getEnvironment() + "|" + ServiceGraph.key(entry.getSubject());
        context.forward(new Record<>(key, entry, timestamp));
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochMilli(micros / 1000);
    }
}
