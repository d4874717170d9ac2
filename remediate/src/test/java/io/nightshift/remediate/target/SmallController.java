package io.nightshift.remediate.target;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.nightshift.schemas.CauseHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes rollouts happen: a replica set for each template of a deployment, its pods replaced one at a time, statuses kept. Writes
 * only what differs, so that a cluster at rest is at rest.
 */
final class SmallController implements AutoCloseable {

    private static final String NAMESPACE = "shop";
    private static final String REVISION = "deployment.kubernetes.io/revision";

    private final KubernetesClient admin;
    private final AtomicInteger serial = new AtomicInteger();
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();

    /** Whether it makes rollouts get on. */
    volatile boolean works = true;

    SmallController(KubernetesClient admin) {
        this.admin = admin;
        loop.scheduleWithFixedDelay(this::round, 0, 30, TimeUnit.MILLISECONDS);
    }

    private void round() {
        if (!works) {
            return;
        }
        try {
            admin.apps().deployments().inNamespace(NAMESPACE).list().getItems().forEach(this::roll);
            admin.apps().statefulSets().inNamespace(NAMESPACE).list().getItems().forEach(this::keep);
        } catch (KubernetesClientException e) {
            // Changed under it: the next round sees the new one.
        }
    }

    private void roll(Deployment deployment) {
        ReplicaSet present = replicaSet(deployment);
        int desired = deployment.getSpec().getReplicas();
        List<Pod> all = pods(deployment.getSpec().getSelector().getMatchLabels());
        List<Pod> old = all.stream().filter(pod -> !isOf(pod, present)).toList();
        int current = all.size() - old.size();
        if (!old.isEmpty() && all.size() >= desired) {
            admin.resource(old.get(0)).delete();
        } else if (all.size() < desired) {
            pod(
                    present.getMetadata().getName() + "-" + serial.incrementAndGet(),
                    present,
                    deployment.getSpec().getTemplate());
        } else if (all.size() > desired) {
            admin.resource(all.get(0)).delete();
        }
        String status = "{\"status\":{\"observedGeneration\":"
                + deployment.getMetadata().getGeneration() + ",\"replicas\":" + all.size() + ",\"updatedReplicas\":"
                + current + ",\"availableReplicas\":" + all.size() + "}}";
        boolean same = deployment.getStatus() != null
                && deployment
                        .getMetadata()
                        .getGeneration()
                        .equals(deployment.getStatus().getObservedGeneration())
                && Integer.valueOf(current).equals(deployment.getStatus().getUpdatedReplicas())
                && Integer.valueOf(all.size()).equals(deployment.getStatus().getAvailableReplicas());
        if (!same) {
            patch(deployment, status);
        }
    }

    /** The replica set of the present template, made when there is none; its revision is the highest. */
    private ReplicaSet replicaSet(Deployment deployment) {
        String hash = CauseHash.sha256(Serialization.asJson(deployment.getSpec().getTemplate()))
                .substring(0, 10);
        String name = deployment.getMetadata().getName() + "-" + hash;
        List<ReplicaSet> all = admin.apps()
                .replicaSets()
                .inNamespace(NAMESPACE)
                .withLabels(deployment.getSpec().getSelector().getMatchLabels())
                .list()
                .getItems();
        long highest = all.stream().mapToLong(Revisions::numberOf).max().orElse(0);
        ReplicaSet present = all.stream()
                .filter(set -> set.getMetadata().getName().equals(name))
                .findFirst()
                .orElse(null);
        if (present != null && Revisions.numberOf(present) == highest) {
            return present;
        }
        Map<String, String> revision = Map.of(REVISION, String.valueOf(highest + 1));
        if (present != null) {
            patch(present, "{\"metadata\":{\"annotations\":" + Serialization.asJson(revision) + "}}");
        } else {
            present = admin.resource(new ReplicaSetBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withNamespace(NAMESPACE)
                            .withLabels(deployment.getSpec().getSelector().getMatchLabels())
                            .withAnnotations(revision)
                            .withOwnerReferences(owner(deployment))
                            .endMetadata()
                            .withNewSpec()
                            .withTemplate(labelled(deployment.getSpec().getTemplate(), hash))
                            .endSpec()
                            .build())
                    .create();
        }
        patch(deployment, "{\"metadata\":{\"annotations\":" + Serialization.asJson(revision) + "}}");
        return present;
    }

    /** As the real one marks the pods of a template, which a roll back must not take along. */
    private static PodTemplateSpec labelled(PodTemplateSpec template, String hash) {
        return template.edit()
                .editMetadata()
                .addToLabels("pod-template-hash", hash)
                .endMetadata()
                .build();
    }

    private void keep(StatefulSet set) {
        List<String> there = new ArrayList<>();
        pods(set.getSpec().getSelector().getMatchLabels())
                .forEach(pod -> there.add(pod.getMetadata().getName()));
        for (int i = 0; i < set.getSpec().getReplicas(); i++) {
            String name = set.getMetadata().getName() + "-" + i;
            if (!there.contains(name)) {
                pod(name, set, set.getSpec().getTemplate());
            }
        }
        boolean seen = set.getStatus() != null
                && set.getMetadata().getGeneration().equals(set.getStatus().getObservedGeneration())
                && set.getSpec().getReplicas().equals(set.getStatus().getReadyReplicas());
        if (!seen) {
            patch(
                    set,
                    "{\"status\":{\"observedGeneration\":" + set.getMetadata().getGeneration() + ",\"readyReplicas\":"
                            + set.getSpec().getReplicas() + "}}");
        }
    }

    private List<Pod> pods(Map<String, String> labels) {
        return admin.pods().inNamespace(NAMESPACE).withLabels(labels).list().getItems();
    }

    private void pod(String name, HasMetadata owner, PodTemplateSpec template) {
        admin.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(NAMESPACE)
                        .withLabels(template.getMetadata().getLabels())
                        .withOwnerReferences(owner(owner))
                        .endMetadata()
                        .withSpec(template.getSpec())
                        .withNewStatus()
                        .withPhase("Running")
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build())
                .create();
    }

    private void patch(HasMetadata object, String json) {
        admin.resource(object).patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    private static OwnerReference owner(HasMetadata object) {
        return new OwnerReferenceBuilder()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withName(object.getMetadata().getName())
                .withUid(object.getMetadata().getUid())
                .withController(true)
                .build();
    }

    private static boolean isOf(Pod pod, ReplicaSet set) {
        return pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(set.getMetadata().getUid()));
    }

    @Override
    public void close() {
        loop.shutdownNow();
    }
}
