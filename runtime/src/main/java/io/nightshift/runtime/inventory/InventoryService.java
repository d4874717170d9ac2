package io.nightshift.runtime.inventory;

import io.nightshift.events.CauseClass;
import io.nightshift.schemas.ServiceKey;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A declared service.
 *
 * @param key environment, namespace and name
 * @param level autonomy level: 1 manual, 2 detect, 3 assist, 4 supervised, 5 full
 * @param isProtected whether it holds data or carries Nightshift itself: every effect counts as irreversible
 * @param failureDomain what it shares fate with, such as a zone; may be empty
 * @param instances declared instances in the order in which they are acted on
 * @param minHealthy instances that must stay healthy while one is acted on
 * @param addresses host:port at which others call it
 * @param target name of its {@link TargetSpec}; empty when it can't be acted on
 * @param probes independent ways to look at it
 * @param serviceClass what it has in common with others that are trusted alike, such as {@code stateless-web}; may be empty
 * @param playbooks names of the playbooks that may be proposed for it, by the cause that each is meant against
 * @param managedBy controllers that own fields of it, of {@value #GITOPS} and {@value #AUTOSCALER}: what they own is changed
 *     there and not here
 */
public record InventoryService(
        ServiceKey key,
        int level,
        boolean isProtected,
        String failureDomain,
        List<String> instances,
        int minHealthy,
        List<String> addresses,
        String target,
        List<ProbeSpec> probes,
        String serviceClass,
        Map<CauseClass, String> playbooks,
        Set<String> managedBy) {

    /** Its declaration stands in a repository that a controller applies. */
    public static final String GITOPS = "gitops";
    /** A controller sets how many instances there are. */
    public static final String AUTOSCALER = "autoscaler";

    public InventoryService {
        instances = List.copyOf(instances);
        addresses = List.copyOf(addresses);
        probes = List.copyOf(probes);
        playbooks = Map.copyOf(playbooks);
        managedBy = Set.copyOf(managedBy);
    }

    /** A service of no class, without playbooks, that nothing else manages. */
    public InventoryService(
            ServiceKey key,
            int level,
            boolean isProtected,
            String failureDomain,
            List<String> instances,
            int minHealthy,
            List<String> addresses,
            String target,
            List<ProbeSpec> probes) {
        this(
                key,
                level,
                isProtected,
                failureDomain,
                instances,
                minHealthy,
                addresses,
                target,
                probes,
                "",
                Map.of(),
                Set.of());
    }

    /** Inventory id: {@code environment/namespace/service}. */
    public String id() {
        return key.toString();
    }
}
