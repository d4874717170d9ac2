package io.nightshift.investigate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What may help against which class of cause, as data. A cause that is not in it is left to people.
 */
public final class RemedyCatalogue {

    /**
     * A remedy.
     *
     * @param action kind of action
     * @param prior how likely it is to hold before any lesson, 0 to 1
     * @param needsRelease whether it makes sense only after a release of the service
     * @param why why it helps
     */
    public record Remedy(ActionKind action, double prior, boolean needsRelease, String why) {}

    /** Causes that no action on one of our services removes. */
    public static final Set<CauseClass> NOTHING_TO_DO =
            Set.of(CauseClass.EXTERNAL, CauseClass.TRAFFIC_SURGE, CauseClass.NO_CULPRIT, CauseClass.UNKNOWN);

    private static final Remedy RESTART_FREES =
            new Remedy(ActionKind.ROLLING_RESTART, 0.8, false, "frees the memory and restores itself, one by one");
    private static final Remedy UNDO_RELEASE =
            new Remedy(ActionKind.ROLL_BACK_RELEASE, 0.6, true, "removes the release that preceded the trouble");

    private static final Map<CauseClass, List<Remedy>> REMEDIES = Map.of(
            CauseClass.MEMORY_LEAK,
            List.of(RESTART_FREES, UNDO_RELEASE),
            CauseClass.BAD_RELEASE,
            List.of(
                    new Remedy(ActionKind.ROLL_BACK_RELEASE, 0.85, true, "returns to the release before"),
                    new Remedy(ActionKind.ROLLING_RESTART, 0.15, false, "rarely helps against wrong behaviour")),
            CauseClass.CPU_SATURATION,
            List.of(
                    new Remedy(ActionKind.ROLLING_RESTART, 0.5, false, "ends work that runs away"),
                    new Remedy(ActionKind.ROLL_BACK_RELEASE, 0.45, true, "removes the release that preceded it")),
            CauseClass.PROCESS_CRASH,
            List.of(
                    new Remedy(ActionKind.ROLLING_RESTART, 0.6, false, "starts what crashed"),
                    new Remedy(ActionKind.ROLL_BACK_RELEASE, 0.55, true, "removes the release that preceded it")),
            CauseClass.CONNECTION_POOL_EXHAUSTION,
            List.of(
                    new Remedy(ActionKind.ROLLING_RESTART, 0.6, false, "releases the connections"),
                    new Remedy(ActionKind.ROLL_BACK_RELEASE, 0.5, true, "removes the release that preceded it")),
            CauseClass.QUEUE_BACKLOG,
            List.of(new Remedy(ActionKind.SCALE, 0.5, false, "works the backlog off")),
            CauseClass.DISK_FILLING,
            List.of(new Remedy(ActionKind.FREE_DISK, 0.6, false, "frees space")),
            CauseClass.CONFIGURATION_CHANGE,
            List.of(new Remedy(ActionKind.DISABLE_FLAG, 0.5, false, "turns off what was turned on")),
            CauseClass.CERTIFICATE_EXPIRY,
            List.of(new Remedy(ActionKind.ROTATE_CERTIFICATE, 0.8, false, "replaces the certificate")));

    private RemedyCatalogue() {}

    public static List<Remedy> against(CauseClass cause) {
        return REMEDIES.getOrDefault(cause, List.of());
    }
}
