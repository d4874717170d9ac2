package io.nightshift.remediate.target;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.nightshift.remediate.target.Target.Effect;
import io.nightshift.remediate.target.Target.Outcome;
import io.nightshift.remediate.target.Target.Preview;
import io.nightshift.remediate.target.Target.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Drain of a node as {@code kubectl drain} does it: it takes no new pods, and those that a controller would make anew are
 * evicted within their disruption budgets. Undrain lets it take pods again.
 */
final class NodeEffect implements ClusterEffect {

    private static final String MIRROR = "kubernetes.io/config.mirror";

    private final boolean drain;

    NodeEffect(boolean drain) {
        this.drain = drain;
    }

    @Override
    public Preview ask(ClusterApi api, Effect effect) {
        Node node = node(api, effect.values());
        WorkloadPatch patch = WorkloadPatch.cordon(node, ClusterMark.of(effect, ""), drain);
        List<Pod> moving = drain ? moving(api, node) : List.of();
        api.ask(patch);
        return new Preview(
                true,
                "would " + patch.says() + (drain ? " and evict " + moving.size() + " pods" : "")
                        + "; the API would take it");
    }

    @Override
    public Result perform(ClusterApi api, Effect effect) throws InterruptedException {
        Node node = node(api, effect.values());
        ClusterMark mark = ClusterMark.on(node);
        if (mark.isNewerThan(effect)) {
            return new Result(
                    Outcome.FENCED,
                    "a newer executor was at node " + node.getMetadata().getName());
        }
        if (drain) {
            moving(api, node); // what can't be moved is found before anything is changed
        }
        if (!mark.isOf(effect)) {
            WorkloadPatch patch = WorkloadPatch.cordon(node, ClusterMark.of(effect, ""), drain);
            api.ask(patch);
            api.send(patch);
        }
        if (!drain) {
            return new Result(Outcome.DONE, "done");
        }
        return api.await(effect, () -> emptied(api, node))
                .orElseGet(() -> new Result(
                        Outcome.FAILED,
                        "the node takes no new pods, and some of its pods could not be evicted in time within their"
                                + " disruption budgets: "
                                + names(moving(api, node))));
    }

    /** Evicts what is left; done when nothing is. */
    private Optional<Result> emptied(ClusterApi api, Node node) {
        List<Pod> left = moving(api, node);
        left.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .forEach(api::evict);
        return left.isEmpty() ? Optional.of(new Result(Outcome.DONE, "done")) : Optional.empty();
    }

    private static String names(List<Pod> pods) {
        return Reading.plain(String.join(
                ", ", pods.stream().map(pod -> pod.getMetadata().getName()).toList()));
    }

    private static Node node(ClusterApi api, Map<String, String> values) {
        String name = values.getOrDefault("instance", "");
        Node node = api.client().nodes().withName(name).get();
        if (node == null) {
            throw new RefusedException("the cluster has no node '" + name + "'");
        }
        return node;
    }

    /** Pods that have to leave; a pod that nobody would make anew stops it. */
    private static List<Pod> moving(ClusterApi api, Node node) {
        List<Pod> moving = api.podsOn(node).stream()
                .filter(pod -> controller(pod)
                        .map(owner -> !owner.getKind().equals("DaemonSet"))
                        .orElse(true))
                .filter(pod -> pod.getMetadata().getAnnotations() == null
                        || !pod.getMetadata().getAnnotations().containsKey(MIRROR))
                .filter(pod -> pod.getStatus() == null
                        || !"Succeeded".equals(pod.getStatus().getPhase())
                                && !"Failed".equals(pod.getStatus().getPhase()))
                .toList();
        moving.stream().filter(pod -> controller(pod).isEmpty()).findFirst().ifPresent(pod -> {
            throw new RefusedException(
                    "no controller would make pod " + pod.getMetadata().getName() + " anew; move it by hand first");
        });
        return moving;
    }

    private static Optional<OwnerReference> controller(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }

    @Override
    public Standing standing(ClusterApi api, Map<String, String> values) {
        Node node = node(api, values);
        boolean cordoned = Boolean.TRUE.equals(node.getSpec().getUnschedulable());
        Standing standing = Standing.of(node.getMetadata().getUid() + ":" + (cordoned ? "cordoned" : "open"));
        Optional<String> data = !drain
                ? Optional.empty()
                : api.podsOn(node).stream()
                        .flatMap(pod -> ClusterFacts.data(pod.getSpec(), false).stream()
                                .map(evidence -> "pod " + pod.getMetadata().getName() + ": " + evidence))
                        .findFirst();
        return data.isPresent() ? standing.withData(data.get()) : standing;
    }
}
