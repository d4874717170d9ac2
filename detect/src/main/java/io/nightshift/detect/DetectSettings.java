package io.nightshift.detect;

import io.nightshift.detect.domain.correlate.CorrelationSettings;
import io.nightshift.detect.domain.report.Reporter;
import io.nightshift.detect.domain.slo.Objective;
import io.nightshift.detect.openslo.OpenSloFiles;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.inventory.Inventory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Settings of detect and correlate.
 *
 * @param reporting how often an anomaly is spoken of
 * @param correlation how anomalies become incidents
 * @param addresses host:port to environment/namespace/service, from the inventory
 * @param objectives objectives of services, from OpenSLO files
 */
public record DetectSettings(
        Reporter.Settings reporting,
        CorrelationSettings correlation,
        Map<String, String> addresses,
        List<Objective> objectives) {

    public DetectSettings {
        addresses = Map.copyOf(addresses);
        objectives = List.copyOf(objectives);
    }

    public static DetectSettings defaults() {
        return new DetectSettings(Reporter.Settings.defaults(), CorrelationSettings.defaults(), Map.of(), List.of());
    }

    /**
     * Reads the section {@code detect} of the configuration.
     *
     * @throws io.nightshift.runtime.config.ConfigException naming file and line for an unknown key or a wrong value
     */
    public static DetectSettings from(ConfigNode config, Inventory inventory) {
        config.allowOnly(Set.of("reporting", "correlation", "objectives", "trustedKeys"));
        Map<String, String> addresses = new HashMap<>();
        inventory.services().forEach(service -> service.addresses().forEach(a -> addresses.put(a, service.id())));
        return new DetectSettings(
                reporting(config.section("reporting")),
                correlation(config.section("correlation")),
                addresses,
                objectives(config, inventory));
    }

    private static List<Objective> objectives(ConfigNode config, Inventory inventory) {
        return config.get("objectives")
                .map(list -> OpenSloFiles.read(
                        list.items().stream().map(ConfigNode::path).toList(), inventory))
                .orElse(List.of());
    }

    private static Reporter.Settings reporting(ConfigNode node) {
        Reporter.Settings defaults = Reporter.Settings.defaults();
        node.allowOnly(Set.of("updateEvery", "refreshEvery", "maxOpenPerService"));
        return new Reporter.Settings(
                node.duration("updateEvery", defaults.updateEvery()),
                node.duration("refreshEvery", defaults.refreshEvery()),
                defaults.restoredHold(),
                node.integer("maxOpenPerService", defaults.maxOpenPerService()));
    }

    private static CorrelationSettings correlation(ConfigNode node) {
        CorrelationSettings defaults = CorrelationSettings.defaults();
        node.allowOnly(
                Set.of("hops", "onsetGap", "settle", "blip", "updateEvery", "quiet", "pendingFor", "maxMembers"));
        return new CorrelationSettings(
                node.integer("hops", defaults.hops()),
                node.duration("onsetGap", defaults.onsetGap()),
                node.duration("settle", defaults.settle()),
                node.duration("blip", defaults.blip()),
                node.duration("updateEvery", defaults.updateEvery()),
                node.duration("quiet", defaults.quiet()),
                node.duration("pendingFor", defaults.pendingFor()),
                node.integer("maxMembers", defaults.maxMembers()));
    }
}
