package io.nightshift.schemas.trace;

import io.nightshift.events.Span;
import io.nightshift.events.SpanKind;
import io.nightshift.events.SpanStatus;

/**
 * What a span says about time.
 *
 * @param service service as environment/namespace/service, cut
 * @param id span id
 * @param parentId id of the parent span, or null
 * @param name operation, cut; untrusted text
 * @param kind role in the call
 * @param peer what a client span called, as far as it names it, cut; or null
 * @param startMicros start, microseconds since the epoch
 * @param endMicros end, microseconds since the epoch
 * @param failed whether it failed
 */
public record TimedSpan(
        String service,
        String id,
        String parentId,
        String name,
        SpanKind kind,
        String peer,
        long startMicros,
        long endMicros,
        boolean failed) {

    private static final int MAX_NAME = 80;
    private static final int MAX_SERVICE = 200;

    public static TimedSpan of(String service, Span span) {
        String peer = span.getPeerAddress() != null
                ? span.getPeerAddress()
                : span.getAttributes().get("peer.service");
        return new TimedSpan(
                cut(service, MAX_SERVICE),
                span.getSpanId(),
                span.getParentSpanId(),
                cut(span.getName(), MAX_NAME),
                span.getKind(),
                cut(peer, MAX_NAME),
                span.getStartMicros(),
                span.getStartMicros() + Math.max(0, span.getDurationMicros()),
                isFailed(span));
    }

    /** Its status says so, or its protocol status is a server's failure. */
    public static boolean isFailed(Span span) {
        return span.getStatus() == SpanStatus.ERROR || span.getStatusCode() >= 500;
    }

    public double millis() {
        return (endMicros - startMicros) / 1e3;
    }

    /** Never through a surrogate pair. */
    private static String cut(String text, int limit) {
        if (text == null || text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }
}
