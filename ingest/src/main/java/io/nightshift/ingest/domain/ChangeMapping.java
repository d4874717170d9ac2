package io.nightshift.ingest.domain;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ChangeKind;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * CloudEvents as {@link ChangeEvent} records. The data is an object with {@code service} (or the event's subject is
 * {@code environment/namespace/service}) and, as far as known, {@code environment}, {@code namespace}, {@code instance},
 * {@code kind}, {@code version}, {@code previousVersion}, {@code actor}, {@code summary}, {@code link} and
 * {@code attributes}. Without {@code kind} the last words of the event's type tell it, such as
 * {@code com.example.deployment} or CDEvents' {@code dev.cdevents.service.rolledback.0.1.1}.
 */
public final class ChangeMapping {
    private static final Map<String, ChangeKind> BY_WORD = Map.ofEntries(
            Map.entry("deployment", ChangeKind.DEPLOYMENT),
            Map.entry("deploy", ChangeKind.DEPLOYMENT),
            Map.entry("deployed", ChangeKind.DEPLOYMENT),
            Map.entry("upgraded", ChangeKind.DEPLOYMENT),
            Map.entry("released", ChangeKind.DEPLOYMENT),
            Map.entry("rollback", ChangeKind.ROLLBACK),
            Map.entry("rolledback", ChangeKind.ROLLBACK),
            Map.entry("configuration", ChangeKind.CONFIGURATION),
            Map.entry("config", ChangeKind.CONFIGURATION),
            Map.entry("featureflag", ChangeKind.FEATURE_FLAG),
            Map.entry("feature_flag", ChangeKind.FEATURE_FLAG),
            Map.entry("scaling", ChangeKind.SCALING),
            Map.entry("scaled", ChangeKind.SCALING),
            Map.entry("schema_migration", ChangeKind.SCHEMA_MIGRATION),
            Map.entry("migration", ChangeKind.SCHEMA_MIGRATION),
            Map.entry("infrastructure", ChangeKind.INFRASTRUCTURE),
            Map.entry("manual", ChangeKind.MANUAL));

    private final Limits limits;

    public ChangeMapping(Limits limits) {
        this.limits = limits;
    }

    /** @throws Refused when an event does not say what was changed; then none is taken */
    public Normalised<ChangeEvent> map(List<CloudEvent> events, Reception reception) {
        Normalised<ChangeEvent> result = new Normalised<>();
        for (int i = 0; i < events.size(); i++) {
            ChangeEvent change = change(events.get(i), i, reception);
            boolean isAhead = Times.isFarAhead(change.getTimeMicros(), reception.atMicros(), limits);
            (isAhead ? result.quarantined() : result.parcels())
                    .add(new Parcel<>(
                            ServiceKey.of(change.getService()).toString(), change, 1, change.getTimeMicros()));
        }
        return result;
    }

    private ChangeEvent change(CloudEvent event, int index, Reception reception) {
        if (event.id().isEmpty() || event.source().isEmpty() || event.type().isEmpty()) {
            throw Refused.malformed("event " + index + " lacks one of the attributes id, source and type that every"
                    + " CloudEvent 1.0 has");
        }
        JsonNode data = event.data();
        return new ChangeEvent(
                Text.clean(event.id(), limits.nameBytes()),
                Text.clean(event.source(), limits.nameBytes()),
                service(event, index).entity(text(data, "instance")),
                kind(text(data, "kind"), event.type()),
                time(event, index, reception),
                text(data, "version"),
                text(data, "previousVersion"),
                orEmpty(text(data, "actor")),
                Text.clean(data.path("summary").asText(""), limits.messageBytes()),
                text(data, "link"),
                attributes(data.path("attributes")));
    }

    private ServiceKey service(CloudEvent event, int index) {
        String named = text(event.data(), "service");
        if (named == null && !event.subject().isEmpty()) {
            named = Text.clean(event.subject(), limits.nameBytes());
        }
        if (named == null) {
            throw Refused.malformed("event " + index + " does not say what was changed; put the service's name into"
                    + " data.service, or environment/namespace/service into subject");
        }
        if (named.chars().filter(c -> c == '/').count() >= 2) {
            return ServiceKey.parse(named);
        }
        String environment = text(event.data(), "environment");
        return new ServiceKey(
                environment == null ? "default" : environment, orEmpty(text(event.data(), "namespace")), named);
    }

    private static ChangeKind kind(String named, String type) {
        if (named != null) {
            for (ChangeKind kind : ChangeKind.values()) {
                if (kind.name().equalsIgnoreCase(named) && kind != ChangeKind.UNKNOWN) {
                    return kind;
                }
            }
            return BY_WORD.getOrDefault(named.toLowerCase(Locale.ROOT), ChangeKind.OTHER);
        }
        String[] words = type.toLowerCase(Locale.ROOT).split("[.:/-]");
        for (int i = words.length - 1; i >= 0; i--) {
            ChangeKind kind = BY_WORD.get(words[i]);
            if (kind != null) {
                return kind;
            }
        }
        return ChangeKind.OTHER;
    }

    private static long time(CloudEvent event, int index, Reception reception) {
        if (event.time().isEmpty()) {
            return reception.atMicros();
        }
        return instant(event.time(), "time of event " + index);
    }

    /** Microseconds since the epoch of an RFC 3339 time. */
    static long instant(String text, String what) {
        try {
            return ChronoUnit.MICROS.between(
                    Instant.EPOCH, OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            throw Refused.malformed(what + " is '" + text + "', not an RFC 3339 time such as 2026-03-01T03:00:00Z");
        }
    }

    private Map<String, String> attributes(JsonNode node) {
        Map<String, String> map = new HashMap<>();
        node.fields().forEachRemaining(entry -> {
            if (map.size() < limits.attributes()) {
                String value = entry.getValue().isValueNode()
                        ? entry.getValue().asText()
                        : entry.getValue().toString();
                map.put(Text.clean(entry.getKey(), limits.keyBytes()), Text.clean(value, limits.nameBytes()));
            }
        });
        return map;
    }

    /** Null when absent or empty. */
    private String text(JsonNode data, String key) {
        String text = Text.clean(data.path(key).asText(""), limits.nameBytes());
        return text.isEmpty() ? null : text;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
