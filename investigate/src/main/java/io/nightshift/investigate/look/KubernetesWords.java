package io.nightshift.investigate.look;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Objects of Kubernetes in a line each. */
final class KubernetesWords {

    private KubernetesWords() {}

    static boolean isWell(JsonNode pod) {
        JsonNode status = pod.path("status");
        if (status.path("phase").asText().equals("Succeeded")) {
            return true;
        }
        for (JsonNode container : status.path("containerStatuses")) {
            if (!container.path("ready").asBoolean()) {
                return false;
            }
        }
        return status.path("phase").asText().equals("Running");
    }

    static int restarts(JsonNode pod) {
        int restarts = 0;
        for (JsonNode container : pod.path("status").path("containerStatuses")) {
            restarts += container.path("restartCount").asInt();
        }
        return restarts;
    }

    static String pod(JsonNode pod) {
        JsonNode status = pod.path("status");
        StringBuilder line =
                new StringBuilder("pod " + pod.path("metadata").path("name").asText() + ": "
                        + status.path("phase").asText());
        append(line, ", reason ", status.path("reason"));
        append(line, ", node ", pod.path("spec").path("nodeName"));
        append(line, ", since ", status.path("startTime"));
        for (JsonNode container : status.path("containerStatuses")) {
            line.append("; container ")
                    .append(container.path("name").asText())
                    .append(container.path("ready").asBoolean() ? " ready" : " not ready")
                    .append(", restarts ")
                    .append(container.path("restartCount").asInt())
                    .append(", image ")
                    .append(container.path("image").asText());
            append(line, ", waiting: ", container.path("state").path("waiting").path("reason"));
            ended(line, ", ended: ", container.path("state").path("terminated"));
            ended(line, ", before that ended: ", container.path("lastState").path("terminated"));
        }
        return line.toString();
    }

    private static void ended(StringBuilder line, String words, JsonNode terminated) {
        if (terminated.isObject()) {
            line.append(words)
                    .append(terminated.path("reason").asText())
                    .append(" with code ")
                    .append(terminated.path("exitCode").asInt());
            append(line, " at ", terminated.path("finishedAt"));
        }
    }

    static String deployment(JsonNode deployment) {
        JsonNode status = deployment.path("status");
        List<String> images = new ArrayList<>();
        deployment
                .path("spec")
                .path("template")
                .path("spec")
                .path("containers")
                .forEach(container -> images.add(container.path("image").asText()));
        StringBuilder line = new StringBuilder(
                "deployment " + deployment.path("metadata").path("name").asText() + ": "
                        + deployment.path("spec").path("replicas").asInt() + " wanted, "
                        + status.path("updatedReplicas").asInt() + " updated, "
                        + status.path("availableReplicas").asInt() + " available; image "
                        + String.join(", ", images));
        for (JsonNode condition : status.path("conditions")) {
            line.append("; ")
                    .append(condition.path("type").asText())
                    .append(' ')
                    .append(condition.path("status").asText());
            append(line, " since ", condition.path("lastTransitionTime"));
            append(line, ": ", condition.path("message"));
        }
        return line.toString();
    }

    /** When it was seen last; the place of that in an event changed over the versions of the API. */
    static String lastSeen(JsonNode event) {
        for (JsonNode time : List.of(
                event.path("series").path("lastObservedTime"),
                event.path("lastTimestamp"),
                event.path("eventTime"),
                event.path("metadata").path("creationTimestamp"))) {
            if (!time.asText("").isEmpty() && !time.isNull()) {
                return time.asText();
            }
        }
        return "";
    }

    static String event(JsonNode event) {
        JsonNode object = event.path("involvedObject");
        int count = Math.max(
                1, event.path("count").asInt(event.path("series").path("count").asInt()));
        return lastSeen(event) + " " + event.path("type").asText() + " "
                + event.path("reason").asText() + " "
                + object.path("kind").asText() + " " + object.path("name").asText() + " (" + count + " times): "
                + event.path("message").asText();
    }

    private static void append(StringBuilder line, String words, JsonNode value) {
        if (!value.isNull() && !value.asText().isEmpty()) {
            line.append(words).append(value.asText());
        }
    }
}
