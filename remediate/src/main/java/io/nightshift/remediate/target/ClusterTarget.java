package io.nightshift.remediate.target;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nightshift.events.ActionKind;
import io.nightshift.remediate.target.ClusterEffect.RefusedException;
import io.nightshift.runtime.inventory.KubernetesEffect;
import io.nightshift.runtime.inventory.KubernetesTarget;
import io.nightshift.runtime.inventory.KubernetesTarget.Kind;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A workload or node of a Kubernetes cluster. An effect is asked for by a dry run of the API first, is bound to the version
 * of the object that was looked at, and leaves its action id and token there: an older executor is refused, and the same
 * effect is not done twice.
 */
final class ClusterTarget implements Target {

    private final KubernetesTarget spec;
    private final ActionKind kind;
    private final KubernetesEffect declared;
    private final Function<KubernetesTarget, KubernetesClient> clients;
    private final Clock clock;

    ClusterTarget(
            KubernetesTarget spec, ActionKind kind, Function<KubernetesTarget, KubernetesClient> clients, Clock clock) {
        this.spec = spec;
        this.kind = kind;
        this.declared = spec.actions().get(kind);
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    public Promises promises() {
        return new Promises(Promises.Fencing.TARGET, Promises.DryRun.ASKED, true);
    }

    @Override
    public Preview dryRun(Effect effect) {
        try {
            ClusterApi api = api();
            try {
                return effectOn(effect.values()).ask(api, effect);
            } catch (KubernetesClientException e) {
                return new Preview(false, api.ended(e).message());
            }
        } catch (RefusedException | IllegalStateException e) {
            return new Preview(false, e.getMessage());
        }
    }

    @Override
    public Result perform(Effect effect) throws InterruptedException {
        if (!clock.instant().isBefore(effect.deadline())) {
            return new Result(Outcome.FAILED, "its time was over before it began");
        }
        try {
            ClusterApi api = api();
            try {
                return effectOn(effect.values()).perform(api, effect);
            } catch (KubernetesClientException e) {
                return api.ended(e);
            }
        } catch (RefusedException | IllegalStateException e) {
            return new Result(Outcome.FAILED, e.getMessage());
        }
    }

    @Override
    public Standing standing(Map<String, String> values) throws TargetException {
        try {
            return effectOn(values).standing(api(), values);
        } catch (KubernetesClientException | RefusedException | IllegalStateException e) {
            throw new TargetException("the cluster does not tell: " + Reading.plain(String.valueOf(e.getMessage())), e);
        }
    }

    @Override
    public List<Keepsake> keepsakes(List<Map<String, String>> instances) {
        return instances.isEmpty()
                ? List.of()
                : new ClusterEvidence(spec, declared.perInstance(), this::api).of(instances);
    }

    private ClusterApi api() {
        return new ClusterApi(clients.apply(spec), clock);
    }

    private ClusterEffect effectOn(Map<String, String> values) {
        boolean nodes = spec.workloadOf(values.getOrDefault("service", "")).kind() == Kind.NODES;
        if (kind == ActionKind.DRAIN || kind == ActionKind.UNDRAIN) {
            if (!nodes) {
                throw new RefusedException("only nodes are drained through the Kubernetes API;"
                        + " declare 'nodes' as the service's workload");
            }
            return new NodeEffect(kind == ActionKind.DRAIN);
        }
        if (nodes) {
            throw new RefusedException(kind + " is not done to nodes; only DRAIN and UNDRAIN are");
        }
        return declared.perInstance() ? new PodEffect(spec) : new WorkloadEffect(spec, kind, declared, clock);
    }
}
