package io.nightshift.remediate.target;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nightshift.runtime.inventory.KubernetesTarget.Workload;
import java.util.Objects;
import java.util.Optional;

/**
 * A deployment, stateful set or daemon set, seen alike.
 *
 * @param desired pods that there should be
 * @param updated pods of the present template
 * @param available pods that serve
 * @param observed generation that the controller has seen
 * @param stalled whether the controller has given up on its rollout
 * @param claims whether each pod has a volume of its own
 */
record WorkloadView(
        HasMetadata object,
        PodTemplateSpec template,
        LabelSelector selector,
        int desired,
        int updated,
        int available,
        long observed,
        boolean stalled,
        boolean claims) {

    static Optional<WorkloadView> of(KubernetesClient client, String namespace, Workload workload) {
        return switch (workload.kind()) {
            case DEPLOYMENT ->
                Optional.ofNullable(client.apps()
                                .deployments()
                                .inNamespace(namespace)
                                .withName(workload.name())
                                .get())
                        .map(WorkloadView::of);
            case STATEFULSET ->
                Optional.ofNullable(client.apps()
                                .statefulSets()
                                .inNamespace(namespace)
                                .withName(workload.name())
                                .get())
                        .map(WorkloadView::of);
            case DAEMONSET ->
                Optional.ofNullable(client.apps()
                                .daemonSets()
                                .inNamespace(namespace)
                                .withName(workload.name())
                                .get())
                        .map(WorkloadView::of);
            case NODES -> Optional.empty();
        };
    }

    private static WorkloadView of(Deployment deployment) {
        DeploymentStatus status = Objects.requireNonNullElseGet(deployment.getStatus(), DeploymentStatus::new);
        boolean stalled = status.getConditions().stream()
                .anyMatch(condition ->
                        condition.getType().equals("Progressing") && "False".equals(condition.getStatus()));
        return new WorkloadView(
                deployment,
                deployment.getSpec().getTemplate(),
                deployment.getSpec().getSelector(),
                Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1),
                number(status.getUpdatedReplicas()),
                number(status.getAvailableReplicas()),
                observed(status.getObservedGeneration()),
                stalled,
                false);
    }

    private static WorkloadView of(StatefulSet set) {
        StatefulSetStatus status = Objects.requireNonNullElseGet(set.getStatus(), StatefulSetStatus::new);
        boolean rolled = Objects.equals(status.getCurrentRevision(), status.getUpdateRevision());
        int desired = Objects.requireNonNullElse(set.getSpec().getReplicas(), 1);
        return new WorkloadView(
                set,
                set.getSpec().getTemplate(),
                set.getSpec().getSelector(),
                desired,
                rolled ? desired : number(status.getUpdatedReplicas()),
                number(status.getReadyReplicas()),
                observed(status.getObservedGeneration()),
                false,
                !set.getSpec().getVolumeClaimTemplates().isEmpty());
    }

    private static WorkloadView of(DaemonSet set) {
        DaemonSetStatus status = Objects.requireNonNullElseGet(set.getStatus(), DaemonSetStatus::new);
        return new WorkloadView(
                set,
                set.getSpec().getTemplate(),
                set.getSpec().getSelector(),
                number(status.getDesiredNumberScheduled()),
                number(status.getUpdatedNumberScheduled()),
                number(status.getNumberAvailable()),
                observed(status.getObservedGeneration()),
                false,
                false);
    }

    private static int number(Integer value) {
        return value == null ? 0 : value;
    }

    private static long observed(Long generation) {
        return generation == null ? 0 : generation;
    }

    /** {@code kind/name} as kubectl writes it. */
    String name() {
        return object.getKind().toLowerCase(java.util.Locale.ROOT) + "/"
                + object.getMetadata().getName();
    }

    long generation() {
        return observed(object.getMetadata().getGeneration());
    }

    /** Changes with each change of what is declared, so that an effect shows; not with each report of a controller. */
    String token() {
        return object.getMetadata().getUid() + ":" + generation();
    }

    /** What is still under way of its rollout, in words; empty when it ended, well or not. */
    Optional<String> rollout() {
        if (stalled || observed >= generation() && updated >= desired) {
            return Optional.empty();
        }
        return Optional.of(updated + " of " + desired + " pods of " + name() + " are updated");
    }

    /** Whether every pod is of the present template and serves. */
    boolean isSettled() {
        return observed >= generation() && updated >= desired && available >= desired;
    }
}
