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

    private final ObjectMapper json = new ObjectMapper();
    private final IdleConnection client = new IdleConnection();
    private final URI door;

    public Pipeline(URI door) {
        this.door = door;
    }

    /** Sends one event; fails when the change door does not accept it. */
    public void announce(String service, String version, String previousVersion, String actor, Instant at)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(door)
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/cloudevents+json")
                .POST(HttpRequest.BodyPublishers.ofString(event(service, version, previousVersion, actor, at)))
                .build();
        int status = client.send(request).statusCode();
        if (status >= 300) {
            throw new IOException("the change door answered " + status);
        }
    }

    String event(String service, String version, String previousVersion, String actor, Instant at)
            throws JsonProcessingException {
        ObjectNode event = json.createObjectNode();
        event.put("specversion", "1.0");
        event.put("id", UUID.randomUUID().toString());
        event.put("type", TYPE);
        event.put("source", "/pipelines/shop");
        event.put("subject", "demo/shop/" + service);
        event.put("time", at.toString());
        event.put("datacontenttype", "application/json");
        ObjectNode data = event.putObject("data");
        data.put("service", service);
        data.put("environment", "demo");
        data.put("namespace", "shop");
        data.put("kind", "DEPLOYMENT");
        data.put("version", version);
        data.put("previousVersion", previousVersion);
        data.put("actor", actor);
        data.put("summary", service + " " + version + " replaces " + previousVersion);
        return json.writeValueAsString(event);
    }
}
