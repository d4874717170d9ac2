package io.nightshift.investigate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.runtime.inventory.InventoryService;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What may help against which class of cause, as data. A cause that is not in it is left to people. Undraining is no remedy: it
 * takes back a drain.
 */
public final class RemedyCatalogue {

    /**
     * A remedy.
     *
     * @param action kind of action
     * @param prior how likely it is to hold before any lesson, 0 to 1
     * @param why why it helps
     */
    public record Remedy(ActionKind action, double prior, String why) {}

    /** Causes that no action on one of our services removes. */
    public static final Set<CauseClass> NOTHING_TO_DO =
            Set.of(CauseClass.EXTERNAL, CauseClass.TRAFFIC_SURGE, CauseClass.NO_CULPRIT, CauseClass.UNKNOWN);

    /** Whoever runs the service wrote down what to do: that stands above what helps in general. */
    private static final double OPERATORS_WORD = 0.9;

    private static final Map<CauseClass, List<Remedy>> REMEDIES = new EnumMap<>(CauseClass.class);

    static {
        against(
                CauseClass.MEMORY_LEAK,
                new Remedy(ActionKind.ROLLING_RESTART, 0.8, "frees the memory and restores itself, one by one"),
                new Remedy(ActionKind.ROLL_BACK_RELEASE, 0.6, "removes the release that preceded the trouble"),
                new Remedy(ActionKind.CLEAR_CACHE, 0.3, "empties the cache, which may be what grows"));
        against(
                CauseClass.BAD_RELEASE,
                new Remedy(ActionKind.ROLL_BACK_RELEASE, 0.85, "returns to the release before"),
                new Remedy(ActionKind.ROLLING_RESTART, 0.15, "rarely helps against wrong behaviour"));
        against(
                CauseClass.CPU_SATURATION,
                new Remedy(ActionKind.ROLLING_RESTART, 0.5, "ends work that runs away"),
                new Remedy(ActionKind.ROLL_BACK_RELEASE, 0.45, "removes the release that preceded it"),
                new Remedy(ActionKind.SCALE, 0.3, "spreads the work over one instance more"));
        against(
                CauseClass.PROCESS_CRASH,
                new Remedy(ActionKind.ROLLING_RESTART, 0.6, "starts what crashed"),
                new Remedy(ActionKind.ROLL_BACK_RELEASE, 0.55, "removes the release that preceded it"));
        against(
                CauseClass.CONNECTION_POOL_EXHAUSTION,
                new Remedy(ActionKind.ROLLING_RESTART, 0.6, "releases the connections"),
                new Remedy(ActionKind.ROLL_BACK_RELEASE, 0.5, "removes the release that preceded it"));
        against(
                CauseClass.DEPENDENCY_FAILURE,
                new Remedy(ActionKind.ROLLING_RESTART, 0.5, "ends what holds it up"),
                new Remedy(ActionKind.DRAIN, 0.45, "leaves the work to the instances that are well"),
                new Remedy(ActionKind.FAIL_OVER, 0.4, "hands its part to an instance that is well"),
                new Remedy(ActionKind.ROLL_BACK_RELEASE, 0.3, "removes the release that preceded it"));
        against(
                CauseClass.NOISY_NEIGHBOUR,
                new Remedy(ActionKind.DRAIN, 0.6, "leaves the work to instances on other machines"),
                new Remedy(ActionKind.FAIL_OVER, 0.4, "hands its part to an instance elsewhere"));
        against(
                CauseClass.CACHE_STAMPEDE,
                new Remedy(ActionKind.ROLL_BACK_RELEASE, 0.4, "removes the release that changed what is cached"));
        against(CauseClass.QUEUE_BACKLOG, new Remedy(ActionKind.SCALE, 0.5, "works the backlog off"));
        against(CauseClass.DISK_FILLING, new Remedy(ActionKind.FREE_DISK, 0.6, "frees space"));
        against(
                CauseClass.CONFIGURATION_CHANGE,
                new Remedy(ActionKind.DISABLE_FLAG, 0.7, "turns off what was turned on"),
                new Remedy(ActionKind.ENABLE_FLAG, 0.7, "turns on what was turned off"));
        against(
                CauseClass.CERTIFICATE_EXPIRY,
                new Remedy(ActionKind.ROTATE_CERTIFICATE, 0.8, "replaces the certificate"));
    }

    private RemedyCatalogue() {}

    public static List<Remedy> against(CauseClass cause) {
        return REMEDIES.getOrDefault(cause, List.of());
    }

    /** The same for one service: first the playbook that its operator declared against the cause, if any. */
    static List<Remedy> against(CauseClass cause, InventoryService service) {
        List<Remedy> remedies = new ArrayList<>();
        if (service.playbooks().containsKey(cause)) {
            remedies.add(new Remedy(ActionKind.PLAYBOOK, OPERATORS_WORD, "is what its operator declared against this"));
        }
        remedies.addAll(against(cause));
        return remedies;
    }

    private static void against(CauseClass cause, Remedy... remedies) {
        REMEDIES.put(cause, List.of(remedies));
    }
}
