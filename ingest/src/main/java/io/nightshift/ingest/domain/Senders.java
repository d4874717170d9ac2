package io.nightshift.ingest.domain;

import io.nightshift.events.Resource;
import io.nightshift.schemas.ServiceKey;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who sent something, from the resource attributes of OpenTelemetry's semantic conventions. A sender that names nothing
 * is {@code default//unknown_service}.
 */
final class Senders {
    private static final String ENVIRONMENT = "deployment.environment.name";
    private static final String OLD_ENVIRONMENT = "deployment.environment";
    private static final String NAMESPACE = "service.namespace";
    private static final String SERVICE = "service.name";
    private static final String INSTANCE = "service.instance.id";
    private static final String VERSION = "service.version";
    private static final String CREATED = "process.creation.time";
    private static final Set<String> MAPPED =
            Set.of(ENVIRONMENT, OLD_ENVIRONMENT, NAMESPACE, SERVICE, INSTANCE, VERSION, CREATED);

    /**
     * @param resource the sender as our records name it
     * @param service its service
     * @param key its record key
     */
    record Sender(Resource resource, ServiceKey service, String key) {}

    private final Limits limits;
    private final Spread spread;
    private final Attributes attributes;

    Senders(Limits limits, Spread spread) {
        this.limits = limits;
        this.spread = spread;
        this.attributes = new Attributes(limits);
    }

    Sender of(io.opentelemetry.proto.resource.v1.Resource wire) {
        List<KeyValue> pairs = wire.getAttributesList();
        Map<String, String> rest = attributes.evidence(pairs, MAPPED);
        String environment = first(pairs, ENVIRONMENT, OLD_ENVIRONMENT);
        String service = first(pairs, SERVICE);
        Resource resource = new Resource(
                environment == null ? "default" : environment,
                or(first(pairs, NAMESPACE), ""),
                service == null ? "unknown_service" : service,
                instance(pairs),
                first(pairs, VERSION),
                startMicros(first(pairs, CREATED)),
                rest);
        ServiceKey key = ServiceKey.of(resource);
        return new Sender(resource, key, spread.key(key, resource.getInstance()));
    }

    private String instance(List<KeyValue> pairs) {
        String named = first(pairs, INSTANCE, "k8s.pod.name");
        if (named != null) {
            return named;
        }
        String host = first(pairs, "host.name");
        String pid = first(pairs, "process.pid");
        return host == null || pid == null ? host : host + ":" + pid;
    }

    /** The first of these attributes that is there and not empty, or null. */
    private String first(List<KeyValue> pairs, String... keys) {
        for (String key : keys) {
            for (KeyValue pair : pairs) {
                if (pair.getKey().equals(key)) {
                    String value = Text.clean(AnyText.of(pair.getValue()), limits.nameBytes());
                    if (!value.isEmpty()) {
                        return value;
                    }
                }
            }
        }
        return null;
    }

    private static Long startMicros(String iso) {
        if (iso == null) {
            return null;
        }
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(iso));
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }

    private static String or(String text, String fallback) {
        return text == null ? fallback : text;
    }
}
