package io.nightshift.detect.topology;

import io.nightshift.detect.domain.graph.ServiceGraph;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Resource;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the services and edges of this partition, those of the last weeks too, and says when they come, change and go. */
final class GraphKeeping implements Processor<String, GraphKeeping.Sighting, String, GraphEntry> {

    static final String STORE = "service-graph";

    /** A service that sent something, calls seen on an edge, or time: exactly one is set. */
    record Sighting(Arrival arrival, GraphEntry edge) {}

    private final Tallies tallies;
    private ProcessorContext<String, GraphEntry> context;
    private KeyValueStore<String, GraphEntry> store;
    private ServiceGraph graph;
    private long refused;

    GraphKeeping(Tallies tallies) {
        this.tallies = tallies;
    }

    @Override
    public void init(ProcessorContext<String, GraphEntry> context) {
        this.context = context;
        store = context.getStateStore(STORE);
        graph = new ServiceGraph();
        List<GraphEntry> said = new ArrayList<>();
        try (KeyValueIterator<String, GraphEntry> all = store.all()) {
            all.forEachRemaining(entry -> said.add(entry.value));
        }
        graph.restore(said);
    }

    @Override
    public void process(Record<String, Sighting> record) {
        Sighting sighting = record.value();
        if (sighting.edge() != null) {
            graph.seen(sighting.edge()).ifPresent(entry -> say(entry, record.timestamp()));
        } else if (sighting.arrival() instanceof Arrival.Telemetry telemetry && telemetry.latestMicros() > 0) {
            Resource from = telemetry.resource();
            graph.seen(ServiceKey.of(from), from.getInstance(), from.getVersion(), instant(telemetry.latestMicros()))
                    .ifPresent(entry -> say(entry, record.timestamp()));
        } else if (sighting.arrival() instanceof Arrival.Time time) {
            time(instant(time.nowMicros()), record.timestamp());
        }
    }

    private void time(Instant now, long timestamp) {
        ServiceGraph.Passed passed = graph.time(now);
        passed.ended().forEach(entry -> say(entry, timestamp));
        passed.forgotten().forEach(interval -> {
            store.delete(interval);
            context.forward(new Record<>(interval, null, timestamp));
        });
        for (; refused < graph.refused(); refused++) {
            tallies.count("graph-entries-refused");
        }
    }

    private void say(GraphEntry entry, long timestamp) {
        String interval = ServiceGraph.interval(entry);
        store.put(interval, entry);
        context.forward(new Record<>(interval, entry, timestamp));
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochMilli(micros / 1000);
    }
}
