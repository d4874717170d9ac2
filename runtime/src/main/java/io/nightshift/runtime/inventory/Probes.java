package io.nightshift.runtime.inventory;

import io.nightshift.events.CauseClass;
import io.nightshift.runtime.config.ConfigNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads the probes of a service. */
final class Probes {

    private static final Set<String> KEYS =
            Set.of("name", "argv", "command", "timeout", "field", "healthyBelow", "supports", "supportsAbove");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private Probes() {}

    static List<ProbeSpec> of(ConfigNode service) {
        List<ProbeSpec> probes = new ArrayList<>();
        for (ConfigNode node : service.get("probes").map(ConfigNode::items).orElse(List.of())) {
            ProbeSpec probe = probe(node);
            if (probes.stream().anyMatch(other -> other.name().equals(probe.name()))) {
                throw node.error("the probe '" + probe.name() + "' stands twice; rename one");
            }
            probes.add(probe);
        }
        return probes;
    }

    private static ProbeSpec probe(ConfigNode node) {
        node.allowOnly(KEYS);
        Set<CauseClass> supports = EnumSet.noneOf(CauseClass.class);
        for (ConfigNode item : node.get("supports").map(ConfigNode::items).orElse(List.of())) {
            supports.add(Names.of(CauseClass.class, item.text(), item));
        }
        if (!supports.isEmpty() && node.get("supportsAbove").isEmpty()) {
            throw node.error(
                    "'supports' needs 'supportsAbove', the value from which the probe speaks for these causes");
        }
        if (supports.isEmpty() && node.get("supportsAbove").isPresent()) {
            throw node.error("'supportsAbove' needs 'supports', the causes that the probe speaks for");
        }
        return new ProbeSpec(
                node.require("name").text(),
                Commands.of(node, TIMEOUT, Placeholders.LOOK),
                node.text("field", ProbeSpec.VALUE),
                node.number("healthyBelow", Double.POSITIVE_INFINITY),
                supports,
                node.number("supportsAbove", Double.POSITIVE_INFINITY));
    }
}
