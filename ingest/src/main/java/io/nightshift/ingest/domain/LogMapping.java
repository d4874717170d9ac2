package io.nightshift.ingest.domain;

import io.nightshift.events.LogBatch;
import io.nightshift.events.LogLine;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.Map;

/** OTLP logs as {@link LogBatch} records. A body beyond its limit is cut and says how much is missing. */
public final class LogMapping {
    private static final int HIGHEST_SEVERITY = 24;

    private final Limits limits;
    private final Senders senders;
    private final Attributes attributes;

    public LogMapping(Limits limits, Spread spread) {
        this.limits = limits;
        this.senders = new Senders(limits, spread);
        this.attributes = new Attributes(limits);
    }

    public Normalised<LogBatch> map(ExportLogsServiceRequest request, Reception reception) {
        Normalised<LogBatch> result = new Normalised<>();
        for (ResourceLogs block : request.getResourceLogsList()) {
            Senders.Sender sender = senders.of(block.getResource());
            int room = limits.recordBytes() - AvroSize.frame(sender.resource(), reception.source());
            Packer<LogLine, LogBatch> present = new Packer<>(
                    sender.key(),
                    room,
                    lines -> new LogBatch(sender.resource(), reception.atMicros(), reception.source(), lines),
                    result.parcels());
            Packer<LogLine, LogBatch> ahead = new Packer<>(
                    sender.key(),
                    room,
                    lines -> new LogBatch(sender.resource(), reception.atMicros(), reception.source(), lines),
                    result.quarantined());
            for (ScopeLogs scope : block.getScopeLogsList()) {
                for (LogRecord record : scope.getLogRecordsList()) {
                    LogLine line = line(record, scope.getScope().getName(), reception);
                    boolean isAhead = Times.isFarAhead(line.getTimeMicros(), reception.atMicros(), limits);
                    (isAhead ? ahead : present).add(line, AvroSize.of(line), 1, line.getTimeMicros());
                }
            }
            present.seal();
            ahead.seal();
        }
        return result;
    }

    private LogLine line(LogRecord record, String scope, Reception reception) {
        long observed = Times.micros(record.getObservedTimeUnixNano(), reception.atMicros());
        String body = Text.clean(AnyText.of(record.getBody()));
        String kept = Text.cut(body, limits.bodyBytes());
        int cutBytes = kept.length() == body.length() ? 0 : Text.utf8Length(body) - Text.utf8Length(kept);
        return new LogLine(
                Times.micros(record.getTimeUnixNano(), observed),
                Math.max(0, Math.min(HIGHEST_SEVERITY, record.getSeverityNumberValue())),
                Text.clean(record.getSeverityText(), limits.keyBytes()),
                kept,
                attributes(record, scope),
                Ids.trace(record.getTraceId()),
                Ids.span(record.getSpanId()),
                cutBytes);
    }

    private Map<String, String> attributes(LogRecord record, String scope) {
        Map<String, String> map = attributes.evidence(record.getAttributesList());
        if (!scope.isEmpty()) {
            map.putIfAbsent("otel.scope.name", Text.clean(scope, limits.nameBytes()));
        }
        if (!record.getEventName().isEmpty()) {
            map.putIfAbsent("event.name", Text.clean(record.getEventName(), limits.nameBytes()));
        }
        return map;
    }
}
