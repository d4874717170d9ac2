package io.nightshift.runtime.inventory;

import io.nightshift.events.CauseClass;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.config.Nearest;
import io.nightshift.schemas.ServiceKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the inventory: which services exist, how to look at them, and how they may be acted on.
 *
 * <pre>{@code
 * environment: demo                      # for services that name none
 * services:
 *   - name: inventory
 *     namespace: shop
 *     level: 4                           # 1 manual, 2 detect, 3 assist (default), 4 supervised, 5 full
 *     protected: false                   # true: holds data, or Nightshift stands on it
 *     failureDomain: zone-a
 *     instances: [inventory-1, inventory-2]
 *     minHealthy: 1                      # default: all but one; 0 for a single instance
 *     addresses: ["10.0.0.7:8080"]
 *     target: shop
 *     serviceClass: stateless-web        # services of one class earn trust together
 *     playbooks: {DISK_FILLING: free-disk}  # playbooks that may be proposed against a cause
 *     managedBy: [gitops]                # gitops, autoscaler: what they own is changed there
 *     probes:
 *       - name: heap
 *         argv: [/opt/shop/shopctl, probe, heap, "{instance}"]
 *         timeout: 3s                    # default 5s
 *         healthyBelow: 0.9              # without it exit status 0 is healthy
 *         supports: [MEMORY_LEAK]        # causes that a value at or above supportsAbove speaks for
 *         supportsAbove: 0.9
 * targets:
 *   shop:
 *     type: command                      # command (default), http or kubernetes: docs/targets.md
 *     fenced: true                       # default false
 *     state: {argv: [/opt/shop/shopctl, status, "{instance}"], timeout: 3s}
 *     actions:
 *       RESTART: {argv: [/opt/shop/shopctl, restart, "{instance}", --token, "{token}"], timeout: 30s}
 * }</pre>
 */
public final class InventoryFile {

    private static final Set<String> SERVICE_KEYS = Set.of(
            "name",
            "namespace",
            "environment",
            "level",
            "protected",
            "failureDomain",
            "instances",
            "minHealthy",
            "addresses",
            "target",
            "probes",
            "serviceClass",
            "playbooks",
            "managedBy");
    private static final Pattern PLAYBOOK = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Set<String> MANAGERS = Set.of(InventoryService.GITOPS, InventoryService.AUTOSCALER);

    private InventoryFile() {}

    /**
     * @throws io.nightshift.runtime.config.ConfigException naming file, line and remedy, when anything in it is unknown,
     *     ambiguous or unsafe
     */
    public static Inventory read(Path file) {
        return of(ConfigFile.read(file));
    }

    /** From a file already read. */
    public static Inventory of(ConfigNode root) {
        root.allowOnly(Set.of("environment", "services", "targets"));
        Map<String, TargetSpec> targets = DeclaredTargets.of(root.section("targets"));
        List<InventoryService> services = new ArrayList<>();
        Set<ServiceKey> seen = new HashSet<>();
        String environment = root.text("environment", "");
        for (ConfigNode node : root.require("services").items()) {
            InventoryService service = service(node, environment, targets);
            if (!seen.add(service.key())) {
                throw node.error("the service " + service.id() + " stands twice; merge the two entries");
            }
            services.add(service);
        }
        return new Inventory(services, targets);
    }

    private static InventoryService service(ConfigNode node, String environment, Map<String, TargetSpec> targets) {
        node.allowOnly(SERVICE_KEYS);
        ServiceKey key = key(node, environment);
        List<String> instances = instances(node);
        String target = node.text("target", "");
        if (!target.isEmpty()) {
            ConfigNode place = node.require("target");
            if (!targets.containsKey(target)) {
                throw place.error("the target '" + target + "' is not declared under targets; "
                        + Nearest.remedy(target, targets.keySet()));
            }
            if (instances.isEmpty()) {
                throw place.error("a service with a target must list its instances: an empty list never means all");
            }
        }
        return new InventoryService(
                key,
                level(node),
                node.bool("protected", false),
                node.text("failureDomain", ""),
                instances,
                minHealthy(node, instances.size()),
                node.texts("addresses"),
                target,
                Probes.of(node),
                node.text("serviceClass", ""),
                playbooks(node),
                managers(node));
    }

    private static ServiceKey key(ConfigNode node, String environment) {
        String ownEnvironment = node.text("environment", environment);
        if (ownEnvironment.isBlank()) {
            throw node.error("the service has no environment; add 'environment:' here or at the top of the file");
        }
        for (String part : List.of("name", "namespace")) {
            String text = node.require(part).text();
            if (text.isBlank() || text.contains("/") || text.contains("~")) {
                throw node.require(part).error("'" + text + "' must not be blank nor contain '/' or '~'");
            }
        }
        return new ServiceKey(
                ownEnvironment,
                node.require("namespace").text(),
                node.require("name").text());
    }

    private static Map<CauseClass, String> playbooks(ConfigNode node) {
        Map<CauseClass, String> playbooks = new EnumMap<>(CauseClass.class);
        ConfigNode declared = node.section("playbooks");
        if (declared == EmptyConfig.INSTANCE) {
            return playbooks;
        }
        for (String cause : declared.keys()) {
            ConfigNode name = declared.require(cause);
            if (!PLAYBOOK.matcher(name.text()).matches()) {
                throw name.error(
                        "'" + name.text() + "' is no playbook's name; write lower case letters, digits and dashes");
            }
            playbooks.put(Names.of(CauseClass.class, cause, name), name.text());
        }
        return playbooks;
    }

    private static Set<String> managers(ConfigNode node) {
        for (ConfigNode item : node.get("managedBy").map(ConfigNode::items).orElse(List.of())) {
            if (!MANAGERS.contains(item.text())) {
                throw item.error(
                        "'" + item.text() + "' is no kind of controller; " + Nearest.remedy(item.text(), MANAGERS));
            }
        }
        return Set.copyOf(node.texts("managedBy"));
    }

    private static int level(ConfigNode node) {
        int level = node.integer("level", 3);
        if (level < 1 || level > 5) {
            throw node.require("level")
                    .error("the autonomy level must be 1 (manual), 2 (detect), 3 (assist), 4 (supervised) or 5 (full),"
                            + " not " + level);
        }
        return level;
    }

    private static List<String> instances(ConfigNode node) {
        List<String> instances = new ArrayList<>();
        for (ConfigNode item : node.get("instances").map(ConfigNode::items).orElse(List.of())) {
            String instance = item.text();
            if (instance.isBlank() || instance.contains("*") || instance.equalsIgnoreCase("all")) {
                throw item.error("'" + instance + "' is no instance; list each one by its id");
            }
            if (instance.startsWith("-")) {
                throw item.error("'" + instance + "' starts with a dash and could be taken for an option; rename it");
            }
            if (instances.contains(instance)) {
                throw item.error("the instance '" + instance + "' stands twice; remove one");
            }
            instances.add(instance);
        }
        return instances;
    }

    private static int minHealthy(ConfigNode node, int instances) {
        int minHealthy = node.integer("minHealthy", Math.max(instances - 1, 0));
        if (minHealthy < 0 || minHealthy > instances) {
            throw node.require("minHealthy")
                    .error("must be 0 to " + instances + ", the number of instances, not " + minHealthy);
        }
        return minHealthy;
    }
}
