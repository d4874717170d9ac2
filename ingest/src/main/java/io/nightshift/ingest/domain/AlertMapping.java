package io.nightshift.ingest.domain;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.events.AlertState;
import io.nightshift.events.EntityRef;
import io.nightshift.events.ExternalAlert;
import io.nightshift.schemas.CauseHash;
import io.nightshift.schemas.ServiceKey;
import java.util.Map;
import java.util.TreeMap;

/** A notification of Prometheus Alertmanager's webhook (version 4) as {@link ExternalAlert} records, one an alert. */
public final class AlertMapping {
    private final Limits limits;

    public AlertMapping(Limits limits) {
        this.limits = limits;
    }

    /** @throws Refused when it is no such notification; then nothing is taken */
    public Normalised<ExternalAlert> map(JsonNode notification, Reception reception) {
        JsonNode alerts = notification.path("alerts");
        if (!alerts.isArray()) {
            throw Refused.malformed("the notification has no list 'alerts'; expected the webhook format of Alertmanager"
                    + " (version 4)");
        }
        String source = text(notification, "externalURL", "alertmanager");
        Normalised<ExternalAlert> result = new Normalised<>();
        int index = 0;
        for (JsonNode node : alerts) {
            ExternalAlert alert = alert(node, index++, source, reception);
            boolean isAhead = Times.isFarAhead(alert.getStartedAtMicros(), reception.atMicros(), limits);
            // An alert is news when it comes in: its start may lie hours back.
            (isAhead ? result.quarantined() : result.parcels())
                    .add(new Parcel<>(
                            ServiceKey.of(alert.getSubject()).toString(),
                            alert,
                            1,
                            isAhead ? alert.getStartedAtMicros() : reception.atMicros()));
        }
        return result;
    }

    private ExternalAlert alert(JsonNode node, int index, String source, Reception reception) {
        Map<String, String> labels = labels(node.path("labels"), index);
        AlertState state = state(node.path("status").asText(""));
        JsonNode annotations = node.path("annotations");
        String summary = first(annotations, "summary", "description", "message");
        return new ExternalAlert(
                text(node, "fingerprint", CauseHash.id("alert", labels)),
                source,
                subject(labels),
                state,
                labels.getOrDefault("alertname", "unnamed"),
                labels.getOrDefault("severity", ""),
                time(node, "startsAt", index, reception.atMicros()),
                state == AlertState.RESOLVED ? time(node, "endsAt", index, reception.atMicros()) : null,
                Text.clean(summary, limits.messageBytes()),
                labels);
    }

    private static AlertState state(String status) {
        switch (status) {
            case "firing":
                return AlertState.FIRING;
            case "resolved":
                return AlertState.RESOLVED;
            default:
                return AlertState.UNKNOWN;
        }
    }

    /** OpenTelemetry's names as Prometheus writes them, then the customary ones. */
    private static EntityRef subject(Map<String, String> labels) {
        return new EntityRef(
                first(labels, "default", "deployment_environment_name", "deployment_environment", "environment", "env"),
                first(labels, "", "service_namespace", "namespace"),
                first(labels, "unknown_service", "service_name", "service", "app", "job"),
                first(labels, null, "service_instance_id", "pod", "instance"),
                null);
    }

    private Map<String, String> labels(JsonNode node, int index) {
        if (!node.isObject() || node.size() > limits.attributes()) {
            throw Refused.malformed(
                    "alert " + index + " has no object 'labels', or more than " + limits.attributes() + " labels");
        }
        Map<String, String> map = new TreeMap<>();
        node.fields()
                .forEachRemaining(entry -> map.put(
                        Text.clean(entry.getKey(), limits.keyBytes()),
                        Text.clean(entry.getValue().asText(""), limits.nameBytes())));
        return map;
    }

    private static long time(JsonNode node, String key, int index, long fallback) {
        String text = node.path(key).asText("");
        return text.isEmpty() ? fallback : ChangeMapping.instant(text, key + " of alert " + index);
    }

    private String text(JsonNode node, String key, String fallback) {
        String text = Text.clean(node.path(key).asText(""), limits.nameBytes());
        return text.isEmpty() ? fallback : text;
    }

    private static String first(JsonNode node, String... keys) {
        for (String key : keys) {
            String text = node.path(key).asText("");
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    private static String first(Map<String, String> labels, String fallback, String... keys) {
        for (String key : keys) {
            String text = labels.get(key);
            if (text != null && !text.isEmpty()) {
                return text;
            }
        }
        return fallback;
    }
}
