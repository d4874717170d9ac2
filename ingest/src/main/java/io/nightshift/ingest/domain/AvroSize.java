package io.nightshift.ingest.domain;

import io.nightshift.events.LogLine;
import io.nightshift.events.MetricSeries;
import io.nightshift.events.Resource;
import io.nightshift.events.Span;
import java.util.List;
import java.util.Map;

/**
 * Upper bounds of serialised sizes in bytes, so that a batch is split before it is serialised and not after. Strings are
 * counted exactly, whole numbers at their longest (Avro specification, "Binary encoding").
 */
final class AvroSize {
    private static final int INT = 5;
    private static final int LONG = 10;
    private static final int DOUBLE = 8;
    private static final int BRANCH = 1;
    /** Count of a block and the zero that ends the blocks. */
    private static final int BLOCKS = INT + 1;

    private AvroSize() {}

    /** What a batch needs besides its items: the wire format's header, the resource, the time and door of reception. */
    static int frame(Resource resource, String source) {
        return 5 + of(resource) + LONG + of(source) + BLOCKS;
    }

    static int of(Resource resource) {
        return of(resource.getEnvironment())
                + of(resource.getNamespace())
                + of(resource.getService())
                + ofNullable(resource.getInstance())
                + ofNullable(resource.getVersion())
                + BRANCH
                + LONG
                + of(resource.getAttributes());
    }

    static int of(MetricSeries series) {
        return of(series.getName())
                + of(series.getUnit())
                + INT
                + BRANCH
                + of(series.getAttributes())
                + longs(series.getStartTimesMicros())
                + longs(series.getTimesMicros())
                + doubles(series.getValues())
                + longs(series.getCounts())
                + doubles(series.getBucketBounds())
                + longs(series.getBucketCounts());
    }

    static int of(LogLine line) {
        return LONG
                + INT
                + of(line.getSeverityText())
                + of(line.getBody())
                + of(line.getAttributes())
                + ofNullable(line.getTraceId())
                + ofNullable(line.getSpanId())
                + INT;
    }

    static int of(Span span) {
        return of(span.getTraceId())
                + of(span.getSpanId())
                + ofNullable(span.getParentSpanId())
                + of(span.getName())
                + INT
                + 2 * LONG
                + INT
                + of(span.getStatusMessage())
                + INT
                + ofNullable(span.getPeerAddress())
                + of(span.getAttributes());
    }

    /** A histogram point with so many buckets; other points have none. */
    static int point(int buckets) {
        return 3 * LONG + DOUBLE + buckets * LONG;
    }

    private static int of(Map<String, String> map) {
        int bytes = BLOCKS;
        for (Map.Entry<String, String> entry : map.entrySet()) {
            bytes += of(entry.getKey()) + of(entry.getValue());
        }
        return bytes;
    }

    private static int of(String text) {
        return INT + Text.utf8Length(text);
    }

    private static int ofNullable(String text) {
        return BRANCH + (text == null ? 0 : of(text));
    }

    private static int longs(List<Long> list) {
        return BLOCKS + list.size() * LONG;
    }

    private static int doubles(List<Double> list) {
        return BLOCKS + list.size() * DOUBLE;
    }
}
