package io.nightshift.remediate.target;

import io.nightshift.events.ActionKind;
import io.nightshift.remediate.target.Target.Effect;
import io.nightshift.remediate.target.Target.Outcome;
import io.nightshift.remediate.target.Target.Preview;
import io.nightshift.remediate.target.Target.Result;
import io.nightshift.runtime.inventory.KubernetesEffect;
import io.nightshift.runtime.inventory.KubernetesTarget;
import io.nightshift.runtime.inventory.KubernetesTarget.Kind;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** What is done to a workload as a whole, by one patch of it: rolling restart, scale, roll back. */
final class WorkloadEffect implements ClusterEffect {

    private final KubernetesTarget target;
    private final ActionKind kind;
    private final KubernetesEffect bounds;
    private final Clock clock;

    WorkloadEffect(KubernetesTarget target, ActionKind kind, KubernetesEffect bounds, Clock clock) {
        this.target = target;
        this.kind = kind;
        this.bounds = bounds;
        this.clock = clock;
    }

    static WorkloadView workload(ClusterApi api, KubernetesTarget target, Map<String, String> values) {
        KubernetesTarget.Workload workload = target.workloadOf(values.getOrDefault("service", ""));
        return WorkloadView.of(api.client(), target.namespace(), workload)
                .orElseThrow(() -> new RefusedException("there is no " + workload.kind() + " '" + workload.name()
                        + "' in namespace " + target.namespace()));
    }

    @Override
    public Preview ask(ClusterApi api, Effect effect) {
        WorkloadPatch patch = patch(api, workload(api, target, effect.values()), effect);
        api.ask(patch);
        return new Preview(true, "would " + patch.says() + "; the API would take it");
    }

    @Override
    public Result perform(ClusterApi api, Effect effect) throws InterruptedException {
        WorkloadView workload = workload(api, target, effect.values());
        ClusterMark mark = ClusterMark.on(workload.object());
        if (mark.isNewerThan(effect)) {
            return new Result(Outcome.FENCED, "a newer executor was at " + workload.name());
        }
        boolean before = mark.isOf(effect);
        if (!before) {
            WorkloadPatch patch = patch(api, workload, effect);
            api.ask(patch);
            api.send(patch);
        }
        return api.await(effect, () -> rolledOut(api, effect, before))
                .orElseGet(() -> new Result(Outcome.UNKNOWN, "it was begun, and its rollout did not end in time"));
    }

    private Optional<Result> rolledOut(ClusterApi api, Effect effect, boolean before) {
        WorkloadView workload = workload(api, target, effect.values());
        if (workload.stalled() && workload.observed() >= workload.generation()) {
            return Optional.of(new Result(Outcome.FAILED, "the rollout of " + workload.name() + " does not get on"));
        }
        return workload.isSettled()
                ? Optional.of(new Result(Outcome.DONE, before ? "this action was done before" : "done"))
                : Optional.empty();
    }

    private WorkloadPatch patch(ClusterApi api, WorkloadView workload, Effect effect) {
        ClusterMark mark = ClusterMark.of(effect, "");
        return switch (kind) {
            case ROLLING_RESTART -> WorkloadPatch.restart(workload, mark, clock.instant());
            case SCALE -> WorkloadPatch.scale(workload, mark, replicas(workload, effect.values()));
            case ROLL_BACK_RELEASE -> rollBack(api, workload, mark, effect.values());
            default -> throw new RefusedException(kind + " is not done to a workload");
        };
    }

    private int replicas(WorkloadView workload, Map<String, String> values) {
        if (target.workloadOf(values.getOrDefault("service", "")).kind() == Kind.DAEMONSET) {
            throw new RefusedException("a daemon set runs once on each node and can't be scaled");
        }
        int to = number(values, argument(values, "replicas", "to"));
        String from = argument(values, "from");
        if (!from.isEmpty() && number(values, from) != workload.desired()) {
            throw new RefusedException("it has " + workload.desired() + " replicas and not " + from);
        }
        if (to < bounds.min() || to > bounds.max()) {
            throw new RefusedException(
                    to + " replicas are not within the declared " + bounds.min() + " to " + bounds.max());
        }
        return to;
    }

    private WorkloadPatch rollBack(
            ClusterApi api, WorkloadView workload, ClusterMark mark, Map<String, String> values) {
        if (target.workloadOf(values.getOrDefault("service", "")).kind() != Kind.DEPLOYMENT) {
            throw new RefusedException("only deployments are rolled back here; " + workload.name() + " is none");
        }
        String from = argument(values, "fromVersion", "from");
        if (!from.isEmpty() && !Revisions.runs(workload.template(), from)) {
            throw new RefusedException(workload.name() + " does not run version " + from);
        }
        String to = argument(values, "version", "toVersion", "to");
        return Revisions.find(api.client(), target.namespace(), workload, to)
                .map(revision -> WorkloadPatch.rollBack(workload, mark, revision))
                .orElseThrow(() -> new RefusedException(
                        "there is no " + (to.isEmpty() ? "earlier revision" : "revision of version " + to) + " of "
                                + workload.name()));
    }

    private static int number(Map<String, String> values, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new RefusedException("'" + Reading.plain(text) + "' is no number of replicas");
        }
    }

    /** The first of these arguments that is given. */
    private static String argument(Map<String, String> values, String... names) {
        for (String name : names) {
            String value = ArgvTemplate.valueOf("arg." + name, values);
            if (value != null) {
                return value;
            }
        }
        return "";
    }

    @Override
    public Standing standing(ClusterApi api, Map<String, String> values) {
        return standing(api, target, workload(api, target, values));
    }

    /** Of the workload as a whole. */
    static Standing standing(ClusterApi api, KubernetesTarget target, WorkloadView workload) {
        Standing standing = Standing.of(workload.token());
        Optional<Standing.Change> changed = ClusterFacts.changed(workload.object());
        if (changed.isPresent()) {
            standing = standing.withChange(changed.get());
        }
        Optional<String> rollout = workload.rollout();
        if (rollout.isPresent()) {
            standing = standing.withRollout(rollout.get());
        }
        Optional<String> data = ClusterFacts.data(workload.template().getSpec(), workload.claims());
        if (data.isPresent()) {
            standing = standing.withData(data.get());
        }
        for (Map.Entry<String, String> owner :
                ClusterFacts.owners(api.client(), target.namespace(), workload).entrySet()) {
            standing = standing.withOwner(owner.getKey(), owner.getValue());
        }
        return standing;
    }
}
