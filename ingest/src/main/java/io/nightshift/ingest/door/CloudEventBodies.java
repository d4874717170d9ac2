package io.nightshift.ingest.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.nightshift.ingest.domain.CloudEvent;
import io.nightshift.ingest.domain.Refused;
import io.nightshift.ingest.http.Head;
import io.nightshift.ingest.http.JsonBody;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** CloudEvents in the three modes of the HTTP protocol binding (CloudEvents 1.0.2). */
final class CloudEventBodies {
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    private CloudEventBodies() {}

    static List<CloudEvent> read(Head head, byte[] body) {
        switch (head.mediaType()) {
            case STRUCTURED:
                return List.of(structured(JsonBody.read(body)));
            case BATCH:
                return batch(JsonBody.read(body));
            default:
                return List.of(binary(head, body));
        }
    }

    private static List<CloudEvent> batch(JsonNode node) {
        if (!node.isArray()) {
            throw Refused.malformed("a batch (" + BATCH + ") is a JSON list of events");
        }
        List<CloudEvent> events = new ArrayList<>();
        node.forEach(event -> events.add(structured(event)));
        return events;
    }

    private static CloudEvent structured(JsonNode node) {
        requireVersion(node.path("specversion").asText(""));
        return new CloudEvent(
                node.path("id").asText(""),
                node.path("source").asText(""),
                node.path("type").asText(""),
                node.path("subject").asText(""),
                node.path("time").asText(""),
                node.has("data_base64") ? decoded(node.path("data_base64").asText()) : node.path("data"));
    }

    private static CloudEvent binary(Head head, byte[] body) {
        if (head.header("ce-specversion").isEmpty()) {
            throw Refused.unsupported("a change is a CloudEvent 1.0: send " + STRUCTURED + ", " + BATCH
                    + " or the binary mode with ce- headers and application/json; this had Content-Type '"
                    + head.header("content-type") + "' and no ce-specversion");
        }
        if (!head.mediaType().equals("application/json")) {
            throw Refused.unsupported(
                    "the data of a change is JSON: in binary mode send Content-Type application/json");
        }
        requireVersion(head.header("ce-specversion"));
        return new CloudEvent(
                attribute(head, "ce-id"),
                attribute(head, "ce-source"),
                attribute(head, "ce-type"),
                attribute(head, "ce-subject"),
                attribute(head, "ce-time"),
                body.length == 0 ? MissingNode.getInstance() : JsonBody.read(body));
    }

    /** Header values are percent-encoded; a plus is a plus. */
    private static String attribute(Head head, String name) {
        String value = head.header(name);
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }

    private static JsonNode decoded(String base64) {
        try {
            return JsonBody.read(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw Refused.malformed("data_base64 is not base64");
        }
    }

    private static void requireVersion(String version) {
        if (!version.equals("1.0")) {
            throw Refused.malformed("specversion is '" + version + "'; CloudEvents 1.0 are taken");
        }
    }
}
