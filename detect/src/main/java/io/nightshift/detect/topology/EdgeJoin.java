package io.nightshift.detect.topology;

import io.nightshift.detect.domain.graph.EdgeMatcher;
import io.nightshift.detect.domain.graph.EdgeTally;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.HalfEdge;
import io.nightshift.schemas.ServiceKey;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Joins the halves of calls and forwards, every few seconds, what was seen on each edge, keyed by the calling service. Halves
 * wait on the heap only: a restart loses some sightings of an edge that the next calls show again. Time is that of the
 * halves; a punctuation only empties the room when they stop.
 */
final class EdgeJoin implements Processor<String, HalfEdge, String, GraphEntry> {

    private static final long SECOND_MILLIS = 1000;
    private static final long SETTLE_MICROS = 1_000_000;

    private final Map<String, String> byAddress;
    private final Tallies tallies;
    private ProcessorContext<String, GraphEntry> context;
    private EdgeMatcher matcher;
    private final EdgeTally tally = new EdgeTally();
    private long nowMicros;
    private long unmatched;

    EdgeJoin(Map<String, String> byAddress, Tallies tallies) {
        this.byAddress = byAddress;
        this.tallies = tallies;
    }

    @Override
    public void init(ProcessorContext<String, GraphEntry> context) {
        this.context = context;
        matcher = new EdgeMatcher(byAddress);
        context.schedule(
                java.time.Duration.ofMillis(SECOND_MILLIS), PunctuationType.STREAM_TIME, at -> time(at * 1000, at));
    }

    @Override
    public void process(Record<String, HalfEdge> record) {
        HalfEdge half = record.value();
        long end = half.getStartMicros() + half.getDurationMicros();
        matcher.accept(half).ifPresent(tally::add);
        if (end > nowMicros + SETTLE_MICROS && end < record.timestamp() * 1000 + SETTLE_MICROS * 60) {
            time(end, record.timestamp());
        }
    }

    private void time(long atMicros, long timestamp) {
        nowMicros = Math.max(nowMicros, atMicros);
        matcher.time(nowMicros).values().forEach(tally::add);
        for (; unmatched < matcher.unmatched(); unmatched++) {
            tallies.count("unmatched-half-edges");
        }
        for (GraphEntry entry : tally.time(nowMicros)) {
            context.forward(new Record<>(ServiceKey.of(entry.getSubject()).toString(), entry, timestamp));
        }
    }
}
