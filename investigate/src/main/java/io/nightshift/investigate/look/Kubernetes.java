package io.nightshift.investigate.look;

import static io.nightshift.investigate.look.Look.optional;
import static io.nightshift.investigate.look.Look.required;

import com.fasterxml.jackson.databind.JsonNode;
import io.nightshift.investigate.look.LookTool.LookException;
import io.nightshift.investigate.look.LookTool.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Pods, deployments, events and logs of the namespaces that the operator listed, by plain GETs on the API server. Nothing that
 * may hold a secret is asked for: no secrets, no config maps, and of a pod neither its environment nor its annotations.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/">the API's concepts</a>
 */
final class Kubernetes implements LookSource {

    private static final int OBJECTS = 250;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final String NAME_FORM = "a name of small letters, digits, dots and dashes";

    private final ToolSettings settings;
    private final ReadApi api;

    Kubernetes(ToolSettings settings) {
        this.settings = settings;
        this.api = new ReadApi(settings);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String kind() {
        return settings.kind().label();
    }

    @Override
    public List<LookTool> tools() {
        LookTool.Parameter namespace = required("namespace", "one of " + String.join(", ", settings.scope()));
        return List.of(
                new Look(
                        name() + "_pods",
                        "The pods of a namespace: phase, readiness, restarts and why containers ended or wait",
                        List.of(namespace),
                        this::pods),
                new Look(
                        name() + "_deployments",
                        "The deployments of a namespace: wanted and available replicas, images, conditions",
                        List.of(namespace),
                        this::deployments),
                new Look(
                        name() + "_events",
                        "The events of a namespace, warnings and newest first",
                        List.of(namespace, optional("object", "name of the pod or other object that they are about")),
                        this::events),
                new Look(
                        name() + "_logs",
                        "The last log lines of a pod's container",
                        List.of(
                                namespace,
                                required("pod", "name of the pod"),
                                optional("container", "name of the container; needed when the pod has several"),
                                optional("previous", "true for the container that ran before the last restart")),
                        this::logs));
    }

    private Seen pods(Arguments arguments, Duration timeLeft) throws LookException {
        JsonNode list = list(ApiPath.of("api", "v1", "namespaces", namespace(arguments), "pods"), timeLeft);
        List<JsonNode> pods = new ArrayList<>();
        list.path("items").forEach(pods::add);
        pods.sort(Comparator.comparingInt((JsonNode pod) -> KubernetesWords.isWell(pod) ? 1 : 0)
                .thenComparingInt(pod -> -KubernetesWords.restarts(pod)));
        Lines lines = lines(list);
        pods.forEach(pod -> lines.add(KubernetesWords.pod(pod)));
        return lines.seen();
    }

    private Seen deployments(Arguments arguments, Duration timeLeft) throws LookException {
        JsonNode list =
                list(ApiPath.of("apis", "apps", "v1", "namespaces", namespace(arguments), "deployments"), timeLeft);
        Lines lines = lines(list);
        list.path("items").forEach(deployment -> lines.add(KubernetesWords.deployment(deployment)));
        return lines.seen();
    }

    private Seen events(Arguments arguments, Duration timeLeft) throws LookException {
        ApiPath path = ApiPath.of("api", "v1", "namespaces", namespace(arguments), "events");
        path.with(
                "fieldSelector",
                arguments.matching("object", NAME, NAME_FORM).map(name -> "involvedObject.name=" + name));
        JsonNode list = list(path, timeLeft);
        List<JsonNode> events = new ArrayList<>();
        list.path("items").forEach(events::add);
        events.sort(Comparator.comparing(
                        (JsonNode event) -> !event.path("type").asText().equals("Warning"))
                .thenComparing(KubernetesWords::lastSeen, Comparator.reverseOrder()));
        Lines lines = lines(list);
        events.forEach(event -> lines.add(KubernetesWords.event(event)));
        return lines.seen();
    }

    private Seen logs(Arguments arguments, Duration timeLeft) throws LookException {
        String pod = arguments.matching("pod", NAME, NAME_FORM).orElseThrow();
        int most = settings.limits().maxLines();
        ApiPath path = ApiPath.of("api", "v1", "namespaces", namespace(arguments), "pods", pod, "log")
                .with("container", arguments.matching("container", NAME, NAME_FORM))
                .with("previous", arguments.oneOf("previous", List.of("true", "false")))
                .with("timestamps", "true")
                .with("tailLines", most)
                .with("limitBytes", settings.limits().maxBytes());
        Lines lines = api.lines();
        String text = api.text(path, timeLeft);
        lines.addEach(text);
        if (text.lines().count() >= most) {
            lines.note("only the last " + most + " lines were asked for");
        }
        return lines.seen();
    }

    private String namespace(Arguments arguments) throws LookException {
        return arguments.oneOf("namespace", settings.scope()).orElseThrow();
    }

    private Lines lines(JsonNode list) {
        Lines lines = api.lines();
        if (!list.path("metadata").path("continue").asText().isEmpty()) {
            lines.note("only the first " + OBJECTS + " objects were asked for");
        }
        return lines;
    }

    private JsonNode list(ApiPath path, Duration timeLeft) throws LookException {
        JsonNode list = api.get(path.with("limit", OBJECTS), timeLeft);
        if (!list.has("items")) {
            throw api.strange();
        }
        return list;
    }

    @Override
    public String check(Duration timeLeft) throws LookException {
        int pods = 0;
        for (String namespace : settings.scope()) {
            pods += list(ApiPath.of("api", "v1", "namespaces", namespace, "pods"), timeLeft)
                    .path("items")
                    .size();
        }
        return "sees " + pods + " pods in " + String.join(", ", settings.scope());
    }
}
