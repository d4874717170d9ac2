package io.nightshift.runtime.inventory;

import io.nightshift.events.ActionKind;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.config.Nearest;
import io.nightshift.runtime.inventory.KubernetesTarget.Kind;
import io.nightshift.runtime.inventory.KubernetesTarget.Workload;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads targets of type {@code kubernetes}. */
final class KubernetesTargets {

    private static final Set<String> KEYS =
            Set.of("type", "kubeconfig", "context", "namespace", "workloads", "actions");
    /** What can be done through the API; the first three to a workload, the others to a pod or a node. */
    private static final Map<ActionKind, Boolean> PER_INSTANCE = Map.of(
            ActionKind.ROLLING_RESTART, false,
            ActionKind.SCALE, false,
            ActionKind.ROLL_BACK_RELEASE, false,
            ActionKind.RESTART, true,
            ActionKind.DRAIN, true,
            ActionKind.UNDRAIN, true);

    private static final List<String> KINDS = List.of("deployment", "statefulset", "daemonset");
    /** RFC 1123 label, and subdomain for names of objects. */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int MOST_REPLICAS = 10_000;

    private KubernetesTargets() {}

    static KubernetesTarget of(String name, ConfigNode node) {
        node.allowOnly(KEYS);
        ConfigNode namespace = node.require("namespace");
        if (!LABEL.matcher(namespace.text()).matches()) {
            throw namespace.error("'" + namespace.text()
                    + "' is no namespace's name; write the one namespace in lower case letters, digits and dashes");
        }
        return new KubernetesTarget(
                name,
                node.get("kubeconfig").map(ConfigNode::path),
                node.text("context", ""),
                namespace.text(),
                workloads(node.section("workloads")),
                DeclaredTargets.actions(node, KubernetesTargets::effect));
    }

    private static Map<String, Workload> workloads(ConfigNode node) {
        Map<String, Workload> workloads = new LinkedHashMap<>();
        if (node == EmptyConfig.INSTANCE) {
            return workloads;
        }
        for (String service : node.keys()) {
            workloads.put(service, workload(node.require(service)));
        }
        return workloads;
    }

    private static Workload workload(ConfigNode node) {
        String text = node.text();
        if (text.equals("nodes")) {
            return new Workload(Kind.NODES, "");
        }
        int slash = text.indexOf('/');
        String kind = slash < 0 ? text : text.substring(0, slash);
        if (!KINDS.contains(kind)) {
            throw node.error(
                    "'" + text + "' is no workload; write deployment/NAME, statefulset/NAME, daemonset/NAME, or"
                            + " nodes where the instances are nodes");
        }
        String name = slash < 0 ? "" : text.substring(slash + 1);
        if (!NAME.matcher(name).matches()) {
            throw node.error("'" + name + "' is no name of a " + kind + "; write " + kind + "/NAME");
        }
        return new Workload(Kind.valueOf(kind.toUpperCase(Locale.ROOT)), name);
    }

    private static KubernetesEffect effect(ActionKind kind, ConfigNode node) {
        Boolean perInstance = PER_INSTANCE.get(kind);
        if (perInstance == null) {
            throw node.error(kind + " can't be done through the Kubernetes API; "
                    + Nearest.remedy(
                            kind.name(),
                            PER_INSTANCE.keySet().stream().map(ActionKind::name).toList()));
        }
        boolean scales = kind == ActionKind.SCALE;
        node.allowOnly(scales ? Set.of("timeout", "min", "max") : Set.of("timeout"));
        int min = scales ? replicas(node.require("min")) : 0;
        int max = scales ? replicas(node.require("max")) : 0;
        if (scales && (min < 1 || min > max)) {
            throw node.require("min").error("must be at least 1 and at most 'max', which is " + max);
        }
        return new KubernetesEffect(Commands.timeout(node, TIMEOUT), perInstance, min, max);
    }

    private static int replicas(ConfigNode node) {
        int replicas = node.integer();
        if (replicas < 0 || replicas > MOST_REPLICAS) {
            throw node.error("must be a number of replicas from 0 to " + MOST_REPLICAS + ", not " + replicas);
        }
        return replicas;
    }
}
