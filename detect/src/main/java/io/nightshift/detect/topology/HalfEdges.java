package io.nightshift.detect.topology;

import io.nightshift.detect.domain.report.Bounded;
import io.nightshift.events.EdgeSide;
import io.nightshift.events.HalfEdge;
import io.nightshift.events.Resource;
import io.nightshift.events.Span;
import io.nightshift.events.SpanKind;
import io.nightshift.events.SpanStatus;
import io.nightshift.schemas.ServiceKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;

/** Cuts spans down to the ends of calls, keyed by the client span's id, where the two ends meet. */
final class HalfEdges {

    private HalfEdges() {}

    static List<KeyValue<String, HalfEdge>> of(Arrival.Spans spans) {
        List<KeyValue<String, HalfEdge>> halves = new ArrayList<>();
        for (Span span : spans.batch().getSpans()) {
            if (span.getKind() == SpanKind.CLIENT) {
                halves.add(half(spans.resource(), span, span.getSpanId(), EdgeSide.CLIENT));
            } else if (span.getKind() == SpanKind.SERVER && span.getParentSpanId() != null) {
                halves.add(half(spans.resource(), span, span.getParentSpanId(), EdgeSide.SERVER));
            }
        }
        return halves;
    }

    private static KeyValue<String, HalfEdge> half(Resource resource, Span span, String spanId, EdgeSide side) {
        // Span ids are unique within a trace; the pair keeps careless senders apart.
        String key = span.getTraceId() + "-" + spanId;
        return KeyValue.pair(
                key,
                HalfEdge.newBuilder()
                        .setTraceId(span.getTraceId())
                        .setSpanId(key)
                        .setSide(side)
                        .setService(Bounded.entity(ServiceKey.of(resource).entity(resource.getInstance())))
                        .setPeerAddress(span.getPeerAddress())
                        .setStartMicros(span.getStartMicros())
                        .setDurationMicros(Math.max(0, span.getDurationMicros()))
                        .setFailed(span.getStatus() == SpanStatus.ERROR || span.getStatusCode() >= 500)
                        .build());
    }
}
