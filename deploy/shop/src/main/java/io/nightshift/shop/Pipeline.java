package io.nightshift.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Announces each rollout as a delivery pipeline would: a CloudEvents 1.0 event, structured mode, over HTTP. */
public final class Pipeline {
    static final String TYPE = "io.nightshift.change.deployment.v1";
    static final String FLAG_TYPE = "io.nightshift.change.featureflag.v1";

    private final ObjectMapper json = new ObjectMapper();
    private final IdleConnection client = new IdleConnection();
    private final URI door;

    public Pipeline(URI door) {
        this.door = door;
    }

    /** Sends one event; fails when the change door does not accept it. */
    public void announce(String service, String version, String previousVersion, String actor, Instant at)
            throws IOException, InterruptedException {
        send(event(service, version, previousVersion, actor, at));
    }

    /** Sends the event of a feature flag that is turned on or off. */
    public void announceFlag(String service, String flag, String state, String actor, Instant at)
            throws IOException, InterruptedException {
        send(flagEvent(service, flag, state, actor, at));
    }

    private void send(String event) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(door)
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/cloudevents+json")
                .POST(HttpRequest.BodyPublishers.ofString(event))
                .build();
        int status = client.send(request).statusCode();
        if (status >= 300) {
            throw new IOException("the change door answered " + status);
        }
    }

    String event(String service, String version, String previousVersion, String actor, Instant at)
            throws JsonProcessingException {
        ObjectNode event = envelope(TYPE, service, at);
        ObjectNode data = data(event, service, "DEPLOYMENT", actor);
        data.put("version", version);
        data.put("previousVersion", previousVersion);
        data.put("summary", service + " " + version + " replaces " + previousVersion);
        return json.writeValueAsString(event);
    }

    String flagEvent(String service, String flag, String state, String actor, Instant at)
            throws JsonProcessingException {
        ObjectNode event = envelope(FLAG_TYPE, service, at);
        ObjectNode data = data(event, service, "FEATURE_FLAG", actor);
        data.put("summary", "flag " + flag + " " + state);
        data.putObject("attributes").put("flag", flag).put("state", state);
        return json.writeValueAsString(event);
    }

    private ObjectNode envelope(String type, String service, Instant at) {
        ObjectNode event = json.createObjectNode();
        event.put("specversion", "1.0");
        event.put("id", UUID.randomUUID().toString());
        event.put("type", type);
        event.put("source", "/pipelines/shop");
        event.put("subject", "demo/shop/" + service);
        event.put("time", at.toString());
        event.put("datacontenttype", "application/json");
        return event;
    }

    private static ObjectNode data(ObjectNode event, String service, String kind, String actor) {
        ObjectNode data = event.putObject("data");
        data.put("service", service);
        data.put("environment", "demo");
        data.put("namespace", "shop");
        data.put("kind", kind);
        data.put("actor", actor);
        return data;
    }
}
