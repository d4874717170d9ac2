package io.nightshift.remediate.target;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.nightshift.remediate.target.Target.Effect;
import io.nightshift.remediate.target.Target.Outcome;
import io.nightshift.remediate.target.Target.Result;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The cluster's API during one effect: knows whether a change was sent, so that a call that breaks off is told from one that
 * never began.
 */
final class ClusterApi {

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final int CONFLICT = 409;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private final KubernetesClient client;
    private final Clock clock;
    private boolean sent;

    ClusterApi(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    KubernetesClient client() {
        return client;
    }

    /** Asks the API whether it would take the change; nothing is stored. */
    void ask(WorkloadPatch patch) {
        client.resource(patch.object()).patch(context(patch, List.of("All")), patch.json());
    }

    void send(WorkloadPatch patch) {
        sent = true;
        client.resource(patch.object()).patch(context(patch, null), patch.json());
    }

    private static PatchContext context(WorkloadPatch patch, List<String> dryRun) {
        return new PatchContext.Builder()
                .withPatchType(patch.type())
                .withFieldManager(ClusterFacts.FIELD_MANAGER)
                .withDryRun(dryRun)
                .build();
    }

    /** Asks whether the pod may be evicted now: false when its disruption budget says no. */
    boolean askEviction(Pod pod) {
        return evict(pod, List.of("All"));
    }

    /** Evicts this very pod and no later one of its name; false when its disruption budget says no. */
    boolean evict(Pod pod) {
        sent = true;
        return evict(pod, null);
    }

    private boolean evict(Pod pod, List<String> dryRun) {
        Eviction eviction = new EvictionBuilder()
                .withNewMetadata()
                .withName(pod.getMetadata().getName())
                .withNamespace(pod.getMetadata().getNamespace())
                .endMetadata()
                .withDeleteOptions(new DeleteOptionsBuilder()
                        .withDryRun(dryRun)
                        .withNewPreconditions()
                        .withUid(pod.getMetadata().getUid())
                        .endPreconditions()
                        .build())
                .build();
        return client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .evict(eviction);
    }

    /** All pods on the node, of every namespace. */
    List<Pod> podsOn(Node node) {
        String name = node.getMetadata().getName();
        return client.pods().inAnyNamespace().withField("spec.nodeName", name).list().getItems().stream()
                .filter(pod -> name.equals(pod.getSpec().getNodeName()))
                .toList();
    }

    /**
     * Looks until there is something to say or the effect's time is over. A look that fails is repeated.
     *
     * @return what was seen; empty when the time was over
     */
    Optional<Result> await(Effect effect, Supplier<Optional<Result>> look) throws InterruptedException {
        while (clock.instant().isBefore(effect.deadline())) {
            try {
                Optional<Result> seen = look.get();
                if (seen.isPresent()) {
                    return seen;
                }
            } catch (KubernetesClientException e) {
                if (isRefusal(e)) {
                    throw e;
                }
            }
            Thread.sleep(EVERY.toMillis());
        }
        return Optional.empty();
    }

    /** What a call that failed says of the effect. */
    Result ended(KubernetesClientException fault) {
        String said = Reading.plain(String.valueOf(fault.getMessage()));
        if (fault.getCode() == CONFLICT) {
            return new Result(Outcome.FAILED, "it was changed between the look and the effect: " + said);
        }
        if (isRefusal(fault)) {
            return new Result(Outcome.FAILED, "the API refused with " + fault.getCode() + ": " + said);
        }
        return sent && !neverConnected(fault)
                ? new Result(Outcome.UNKNOWN, "the call was cut off or failed inside of the API: " + said)
                : new Result(Outcome.FAILED, "nothing was changed: the API did not answer: " + said);
    }

    private static boolean isRefusal(KubernetesClientException fault) {
        return fault.getCode() >= CLIENT_ERROR && fault.getCode() < SERVER_ERROR;
    }

    private static boolean neverConnected(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }
}
