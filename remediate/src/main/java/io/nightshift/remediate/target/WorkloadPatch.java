package io.nightshift.remediate.target;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One change of one object, bound to the version of it that was looked at: the API refuses it when the object was changed
 * meanwhile. It leaves the mark of its effect.
 *
 * @param says what it does, in words
 */
record WorkloadPatch(HasMetadata object, PatchType type, String json, String says) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";
    private static final String HASH = "pod-template-hash";

    /** As {@code kubectl rollout restart} does it. */
    static WorkloadPatch restart(WorkloadView workload, ClusterMark mark, Instant now) {
        return merge(
                workload.object(),
                mark,
                Map.of("template", Map.of("metadata", Map.of("annotations", Map.of(RESTARTED_AT, now.toString())))),
                "restart " + workload.name() + " pod by pod");
    }

    static WorkloadPatch scale(WorkloadView workload, ClusterMark mark, int replicas) {
        return merge(
                workload.object(),
                mark,
                Map.of("replicas", replicas),
                "scale " + workload.name() + " from " + workload.desired() + " to " + replicas);
    }

    static WorkloadPatch cordon(HasMetadata node, ClusterMark mark, boolean unschedulable) {
        return merge(
                node,
                mark,
                Map.of("unschedulable", unschedulable),
                (unschedulable ? "cordon node " : "uncordon node ")
                        + node.getMetadata().getName());
    }

    /** Nothing but the mark. */
    static WorkloadPatch mark(HasMetadata object, ClusterMark mark, String says) {
        return merge(object, mark, Map.of(), says);
    }

    /** Back to the pods of an earlier revision, as {@code kubectl rollout undo} does it. */
    static WorkloadPatch rollBack(WorkloadView workload, ClusterMark mark, ReplicaSet to) {
        Map<String, String> annotations = new HashMap<>();
        if (workload.object().getMetadata().getAnnotations() != null) {
            annotations.putAll(workload.object().getMetadata().getAnnotations());
        }
        annotations.putAll(mark.annotations());
        Map<String, Object> template = JSON.convertValue(
                read(Serialization.asJson(to.getSpec().getTemplate())),
                new com.fasterxml.jackson.core.type.TypeReference<>() {});
        if (template.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("labels") instanceof Map<?, ?> labels) {
            labels.remove(HASH);
        }
        return new WorkloadPatch(
                workload.object(),
                PatchType.JSON,
                write(List.of(
                        replace("/metadata/resourceVersion", version(workload.object())),
                        Map.of("op", "add", "path", "/metadata/annotations", "value", annotations),
                        replace("/spec/template", template))),
                "roll " + workload.name() + " back to revision " + Revisions.numberOf(to));
    }

    private static Map<String, Object> replace(String path, Object value) {
        return Map.of("op", "replace", "path", path, "value", value);
    }

    private static WorkloadPatch merge(HasMetadata object, ClusterMark mark, Map<String, Object> spec, String says) {
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put("metadata", Map.of("resourceVersion", version(object), "annotations", mark.annotations()));
        if (!spec.isEmpty()) {
            patch.put("spec", spec);
        }
        return new WorkloadPatch(object, PatchType.JSON_MERGE, write(patch), says);
    }

    private static String version(HasMetadata object) {
        return object.getMetadata().getResourceVersion();
    }

    private static Object read(String json) {
        try {
            return JSON.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a pod template of the API is no JSON", e);
        }
    }

    private static String write(Object patch) {
        try {
            return JSON.writeValueAsString(patch);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and texts can be written as JSON", e);
        }
    }
}
