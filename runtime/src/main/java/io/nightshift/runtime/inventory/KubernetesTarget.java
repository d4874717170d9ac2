package io.nightshift.runtime.inventory;

import io.nightshift.events.ActionKind;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Workloads, or nodes, of a Kubernetes cluster.
 *
 * @param name name that services refer to
 * @param kubeconfig file with the cluster's address and our credential; empty for the pod's own service account
 * @param context of the kubeconfig; empty for its current one
 * @param namespace where the workloads are
 * @param workloads what a service is there, by the service's short name; a deployment of the same name for those not named
 * @param actions effects by kind
 */
public record KubernetesTarget(
        String name,
        Optional<Path> kubeconfig,
        String context,
        String namespace,
        Map<String, Workload> workloads,
        Map<ActionKind, KubernetesEffect> actions)
        implements TargetSpec {

    /** What a service is in the cluster. */
    public enum Kind {
        DEPLOYMENT,
        STATEFULSET,
        DAEMONSET,
        /** The instances are nodes of the cluster. */
        NODES
    }

    /** @param name of the object; empty for nodes, which are the service's instances */
    public record Workload(Kind kind, String name) {}

    public KubernetesTarget {
        workloads = Map.copyOf(workloads);
        actions = Map.copyOf(actions);
    }

    public Workload workloadOf(String service) {
        return workloads.getOrDefault(service, new Workload(Kind.DEPLOYMENT, service));
    }

    /** Each effect is bound to the version of the object that was looked at, and leaves its token there. */
    @Override
    public boolean fenced() {
        return true;
    }
}
