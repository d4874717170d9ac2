package io.nightshift.remediate.target;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.nightshift.remediate.target.Target.Effect;
import io.nightshift.remediate.target.Target.Outcome;
import io.nightshift.remediate.target.Target.Preview;
import io.nightshift.remediate.target.Target.Result;
import io.nightshift.runtime.inventory.KubernetesTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Restart of one pod: it is evicted, so that disruption budgets are honoured, and its controller makes a new one. The mark is
 * left on the workload before.
 */
final class PodEffect implements ClusterEffect {

    private static final String BUDGET = "its disruption budget does not allow it now";

    private final KubernetesTarget target;

    PodEffect(KubernetesTarget target) {
        this.target = target;
    }

    @Override
    public Preview ask(ClusterApi api, Effect effect) {
        Pod pod = pod(api, WorkloadEffect.workload(api, target, effect.values()), effect.values());
        return api.askEviction(pod)
                ? new Preview(true, "would evict pod " + pod.getMetadata().getName() + "; the API would take it")
                : new Preview(false, BUDGET);
    }

    @Override
    public Result perform(ClusterApi api, Effect effect) throws InterruptedException {
        WorkloadView workload = WorkloadEffect.workload(api, target, effect.values());
        ClusterMark mark = ClusterMark.on(workload.object());
        if (mark.isNewerThan(effect)) {
            return new Result(Outcome.FENCED, "a newer executor was at " + workload.name());
        }
        if (mark.isOf(effect) && isReplaced(api, effect, mark.subject())) {
            return new Result(Outcome.DONE, "this action was done before");
        }
        Pod pod = pod(api, workload, effect.values());
        String uid = pod.getMetadata().getUid();
        if (!api.askEviction(pod)) {
            return new Result(Outcome.FAILED, BUDGET);
        }
        if (!mark.isOf(effect)) {
            api.send(WorkloadPatch.mark(workload.object(), ClusterMark.of(effect, uid), "mark " + workload.name()));
        }
        if (!api.evict(pod)) {
            return new Result(Outcome.FAILED, BUDGET);
        }
        return api.await(
                        effect,
                        () -> isReplaced(api, effect, uid)
                                ? Optional.of(new Result(Outcome.DONE, "done"))
                                : Optional.empty())
                .orElseGet(() -> new Result(Outcome.UNKNOWN, "it was begun, and the pod did not end in time"));
    }

    private boolean isReplaced(ClusterApi api, Effect effect, String uid) {
        Pod now = find(api, effect.values());
        return now == null || !now.getMetadata().getUid().equals(uid);
    }

    private Pod find(ClusterApi api, Map<String, String> values) {
        return api.client()
                .pods()
                .inNamespace(target.namespace())
                .withName(values.getOrDefault("instance", ""))
                .get();
    }

    /** The instance's pod, which must belong to the workload. */
    Pod pod(ClusterApi api, WorkloadView workload, Map<String, String> values) {
        Pod pod = find(api, values);
        if (pod == null || !belongs(api, pod, workload.object())) {
            throw new RefusedException("no pod '" + values.getOrDefault("instance", "") + "' of " + workload.name()
                    + " is in namespace " + target.namespace());
        }
        return pod;
    }

    private boolean belongs(ClusterApi api, Pod pod, HasMetadata workload) {
        for (OwnerReference owner : pod.getMetadata().getOwnerReferences()) {
            if (owner.getUid().equals(workload.getMetadata().getUid())) {
                return true;
            }
            ReplicaSet between = owner.getKind().equals("ReplicaSet")
                    ? api.client()
                            .apps()
                            .replicaSets()
                            .inNamespace(target.namespace())
                            .withName(owner.getName())
                            .get()
                    : null;
            if (between != null
                    && between.getMetadata().getUid().equals(owner.getUid())
                    && between.getMetadata().getOwnerReferences().stream().anyMatch(each -> each.getUid()
                            .equals(workload.getMetadata().getUid()))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Standing standing(ClusterApi api, Map<String, String> values) {
        WorkloadView workload = WorkloadEffect.workload(api, target, values);
        Standing whole = WorkloadEffect.standing(api, target, workload);
        Pod present = find(api, values);
        if (present == null) {
            return whole.withToken("absent"); // after an eviction: a deployment's next pod has another name
        }
        Pod pod = pod(api, workload, values);
        List<Pod> all = api.client()
                .pods()
                .inNamespace(target.namespace())
                .withLabelSelector(workload.selector())
                .list()
                .getItems();
        int others = (int) all.stream()
                .filter(ClusterFacts::isReady)
                .filter(each ->
                        !each.getMetadata().getUid().equals(pod.getMetadata().getUid()))
                .count();
        return whole.withToken(token(pod)).withHealthyOthers(others);
    }

    /** Changes when the pod is replaced, and when a container of it is restarted. */
    private static String token(Pod pod) {
        int restarts = pod.getStatus() == null
                ? 0
                : pod.getStatus().getContainerStatuses().stream()
                        .mapToInt(each -> each.getRestartCount() == null ? 0 : each.getRestartCount())
                        .sum();
        return pod.getMetadata().getUid() + ":" + restarts;
    }
}
