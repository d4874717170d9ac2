package io.nightshift.ingest.domain;

import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Attributes as text, within limits. Attributes of a series are its identity: cutting them would merge series, so a
 * series beyond the limits is refused. Elsewhere they are evidence: what is too long is cut, what is too many is left out.
 */
final class Attributes {
    /** Ends a value that was cut. */
    static final String ELLIPSIS = "…";

    /**
     * @param map the attributes; empty when refused
     * @param refused why they can't be the identity of a series; null when they can
     */
    record Labels(Map<String, String> map, Reason refused) {}

    private final Limits limits;

    Attributes(Limits limits) {
        this.limits = limits;
    }

    Labels labels(List<KeyValue> pairs) {
        if (pairs.isEmpty()) {
            return new Labels(Map.of(), null);
        }
        if (pairs.size() > limits.attributes()) {
            return new Labels(Map.of(), Reason.TOO_MANY_ATTRIBUTES);
        }
        Map<String, String> map = new HashMap<>(pairs.size() * 2);
        int total = 0;
        for (KeyValue pair : pairs) {
            String key = Text.clean(pair.getKey());
            String value = Text.clean(AnyText.of(pair.getValue()));
            int keyBytes = Text.utf8Length(key);
            int valueBytes = Text.utf8Length(value);
            total += keyBytes + valueBytes;
            if (keyBytes > limits.keyBytes() || valueBytes > limits.valueBytes() || total > limits.attributeBytes()) {
                return new Labels(Map.of(), Reason.ATTRIBUTE_TOO_LONG);
            }
            map.put(key, value);
        }
        return new Labels(map, null);
    }

    Map<String, String> evidence(List<KeyValue> pairs) {
        return evidence(pairs, Set.of());
    }

    /** All but the named ones. */
    Map<String, String> evidence(List<KeyValue> pairs, Set<String> except) {
        Map<String, String> map = new HashMap<>(pairs.size() * 2);
        int total = 0;
        for (KeyValue pair : pairs) {
            if (map.size() == limits.attributes()) {
                break;
            }
            if (except.contains(pair.getKey())) {
                continue;
            }
            String key = Text.clean(pair.getKey(), limits.keyBytes());
            String value = shortened(Text.clean(AnyText.of(pair.getValue())));
            int bytes = Text.utf8Length(key) + Text.utf8Length(value);
            if (total + bytes <= limits.attributeBytes()) {
                total += bytes;
                map.put(key, value);
            }
        }
        return map;
    }

    private String shortened(String value) {
        String cut = Text.cut(value, limits.valueBytes() - ELLIPSIS.length() * 3);
        return cut.length() == value.length() ? value : cut + ELLIPSIS;
    }
}
