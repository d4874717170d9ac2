package io.nightshift.ingest.domain;

import io.nightshift.events.Span;
import io.nightshift.events.SpanBatch;
import io.nightshift.events.SpanKind;
import io.nightshift.events.SpanStatus;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.URI;
import java.util.Map;

/**
 * OTLP spans as {@link SpanBatch} records. Events and links are not kept, save the last exception event, whose type and
 * message become attributes.
 */
public final class SpanMapping {
    private final Limits limits;
    private final Senders senders;
    private final Attributes attributes;

    public SpanMapping(Limits limits, Spread spread) {
        this.limits = limits;
        this.senders = new Senders(limits, spread);
        this.attributes = new Attributes(limits);
    }

    public Normalised<SpanBatch> map(ExportTraceServiceRequest request, Reception reception) {
        Normalised<SpanBatch> result = new Normalised<>();
        for (ResourceSpans block : request.getResourceSpansList()) {
            Senders.Sender sender = senders.of(block.getResource());
            int room = limits.recordBytes() - AvroSize.frame(sender.resource(), reception.source());
            Packer<Span, SpanBatch> present = new Packer<>(
                    sender.key(),
                    room,
                    spans -> new SpanBatch(sender.resource(), reception.atMicros(), reception.source(), spans),
                    result.parcels());
            Packer<Span, SpanBatch> ahead = new Packer<>(
                    sender.key(),
                    room,
                    spans -> new SpanBatch(sender.resource(), reception.atMicros(), reception.source(), spans),
                    result.quarantined());
            for (ScopeSpans scope : block.getScopeSpansList()) {
                for (io.opentelemetry.proto.trace.v1.Span wire : scope.getSpansList()) {
                    Span span = span(wire, reception);
                    if (span == null) {
                        result.drops().add(Reason.INVALID_ID, 1);
                        continue;
                    }
                    long end = span.getStartMicros() + span.getDurationMicros();
                    boolean isAhead = Times.isFarAhead(end, reception.atMicros(), limits);
                    (isAhead ? ahead : present).add(span, AvroSize.of(span), 1, end);
                }
            }
            present.seal();
            ahead.seal();
        }
        return result;
    }

    /** Null when its ids are not valid. */
    private Span span(io.opentelemetry.proto.trace.v1.Span wire, Reception reception) {
        String traceId = Ids.trace(wire.getTraceId());
        String spanId = Ids.span(wire.getSpanId());
        if (traceId == null || spanId == null) {
            return null;
        }
        long start = Times.micros(wire.getStartTimeUnixNano(), reception.atMicros());
        long end = Times.micros(wire.getEndTimeUnixNano(), start);
        Map<String, String> map = attributes.evidence(wire.getAttributesList());
        addException(wire, map);
        SpanKind kind = kind(wire.getKind());
        return new Span(
                traceId,
                spanId,
                Ids.span(wire.getParentSpanId()),
                Text.clean(wire.getName(), limits.nameBytes()),
                kind,
                start,
                Math.max(0, end - start),
                status(wire.getStatus().getCode()),
                Text.clean(wire.getStatus().getMessage(), limits.messageBytes()),
                protocolStatus(map),
                kind == SpanKind.CLIENT ? peer(map) : null,
                map);
    }

    private void addException(io.opentelemetry.proto.trace.v1.Span wire, Map<String, String> map) {
        for (int i = wire.getEventsCount() - 1; i >= 0; i--) {
            if (wire.getEvents(i).getName().equals("exception")) {
                Map<String, String> event =
                        attributes.evidence(wire.getEvents(i).getAttributesList());
                for (String key : new String[] {"exception.type", "exception.message"}) {
                    if (event.containsKey(key)) {
                        map.putIfAbsent(key, Text.cut(event.get(key), limits.messageBytes()));
                    }
                }
                return;
            }
        }
    }

    private static SpanKind kind(io.opentelemetry.proto.trace.v1.Span.SpanKind kind) {
        switch (kind) {
            case SPAN_KIND_INTERNAL:
                return SpanKind.INTERNAL;
            case SPAN_KIND_SERVER:
                return SpanKind.SERVER;
            case SPAN_KIND_CLIENT:
                return SpanKind.CLIENT;
            case SPAN_KIND_PRODUCER:
                return SpanKind.PRODUCER;
            case SPAN_KIND_CONSUMER:
                return SpanKind.CONSUMER;
            default:
                return SpanKind.UNKNOWN;
        }
    }

    private static SpanStatus status(Status.StatusCode code) {
        switch (code) {
            case STATUS_CODE_UNSET:
                return SpanStatus.UNSET;
            case STATUS_CODE_OK:
                return SpanStatus.OK;
            case STATUS_CODE_ERROR:
                return SpanStatus.ERROR;
            default:
                return SpanStatus.UNKNOWN;
        }
    }

    private static int protocolStatus(Map<String, String> map) {
        String text = firstOf(map, "http.response.status_code", "http.status_code", "rpc.grpc.status_code");
        try {
            return text == null ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Conventions of today, then those of before HTTP's were declared stable, then the URL. */
    private static String peer(Map<String, String> map) {
        String host = firstOf(map, "server.address", "net.peer.name", "network.peer.address");
        if (host != null) {
            String port = firstOf(map, "server.port", "net.peer.port", "network.peer.port");
            return port == null ? host : host + ":" + port;
        }
        String url = firstOf(map, "url.full", "http.url");
        try {
            return url == null ? null : URI.create(url).getAuthority();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String firstOf(Map<String, String> map, String... keys) {
        for (String key : keys) {
            String value = map.get(key);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return null;
    }
}
