package io.nightshift.runtime.inventory;

import io.nightshift.events.ActionKind;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.config.Nearest;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads the section {@code targets}: commands, HTTP calls or Kubernetes. */
final class DeclaredTargets {

    static final Duration STATE_TIMEOUT = Duration.ofSeconds(5);
    static final Duration ACTION_TIMEOUT = Duration.ofSeconds(60);

    private static final String COMMAND = "command";
    private static final Set<String> TYPES = Set.of(COMMAND, "http", "kubernetes");

    private DeclaredTargets() {}

    static Map<String, TargetSpec> of(ConfigNode node) {
        Map<String, TargetSpec> targets = new LinkedHashMap<>();
        if (node == EmptyConfig.INSTANCE) {
            return targets;
        }
        for (String name : node.keys()) {
            targets.put(name, target(name, node.require(name)));
        }
        return targets;
    }

    private static TargetSpec target(String name, ConfigNode node) {
        String type = node.text("type", COMMAND);
        return switch (type) {
            case COMMAND -> command(name, node);
            case "http" -> HttpTargets.of(name, node);
            case "kubernetes" -> KubernetesTargets.of(name, node);
            default ->
                throw node.require("type").error("'" + type + "' is no type of target; " + Nearest.remedy(type, TYPES));
        };
    }

    private static TargetSpec command(String name, ConfigNode node) {
        node.allowOnly(Set.of("type", "fenced", "state", "evidence", "actions"));
        return new CommandTarget(
                name,
                node.bool("fenced", false),
                actions(node, (kind, action) -> Commands.alone(action, ACTION_TIMEOUT, Placeholders.ACT)),
                Commands.alone(node.require("state"), STATE_TIMEOUT, Placeholders.LOOK),
                EvidenceCommands.of(node.section("evidence")));
    }

    /** Each declared effect by its kind. */
    static <E extends EffectSpec> Map<ActionKind, E> actions(
            ConfigNode target, BiFunction<ActionKind, ConfigNode, E> read) {
        Map<ActionKind, E> actions = new EnumMap<>(ActionKind.class);
        ConfigNode node = target.require("actions");
        for (String name : node.keys()) {
            ConfigNode action = node.require(name);
            ActionKind kind = Names.of(ActionKind.class, name, action);
            actions.put(kind, read.apply(kind, action));
        }
        return actions;
    }
}
