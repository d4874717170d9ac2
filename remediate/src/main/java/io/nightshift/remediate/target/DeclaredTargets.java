package io.nightshift.remediate.target;

import io.nightshift.events.ActionKind;
import io.nightshift.runtime.inventory.CommandTarget;
import io.nightshift.runtime.inventory.HttpTarget;
import io.nightshift.runtime.inventory.KubernetesTarget;
import io.nightshift.runtime.inventory.TargetSpec;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Targets of every type that the inventory knows. */
public final class DeclaredTargets implements Targets {

    private final Confined confined;
    private final Fence fence;
    private final Clock clock;
    private final Clusters clusters = new Clusters();

    /** @param folder the stage's own, where the marks of the fence are kept */
    public DeclaredTargets(Confined confined, Path folder, Clock clock) {
        this.confined = confined;
        this.fence = new Fence(folder.resolve("fences"));
        this.clock = clock;
    }

    @Override
    public Optional<Target> of(TargetSpec spec, ActionKind action) {
        if (spec instanceof CommandTarget target) {
            return Optional.ofNullable(target.actions().get(action))
                    .map(command -> new ArgvTarget(target, command, confined, fence, clock));
        }
        if (spec instanceof HttpTarget target) {
            return Optional.ofNullable(target.actions().get(action))
                    .map(call -> new HttpCallTarget(target, call, InetAddress::getAllByName, fence, clock));
        }
        KubernetesTarget target = (KubernetesTarget) spec;
        return target.actions().containsKey(action)
                ? Optional.of(new ClusterTarget(target, action, clusters::of, clock))
                : Optional.empty();
    }
}
