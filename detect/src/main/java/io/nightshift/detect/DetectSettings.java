package io.nightshift.detect;

import io.nightshift.detect.domain.correlate.CorrelationSettings;
import io.nightshift.detect.domain.forecast.ForecastSettings;
import io.nightshift.detect.domain.forecast.ResourceKind;
import io.nightshift.detect.domain.report.Reporter;
import io.nightshift.detect.domain.slo.Objective;
import io.nightshift.detect.openslo.OpenSloFiles;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.inventory.Inventory;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Settings of detect and correlate.
 *
 * @param reporting how often an anomaly is spoken of
 * @param correlation how anomalies become incidents
 * @param addresses host:port to environment/namespace/service, from the inventory
 * @param objectives objectives of services, from OpenSLO files
 * @param forecasts how far ahead exhaustion is told of
 */
public record DetectSettings(
        Reporter.Settings reporting,
        CorrelationSettings correlation,
        Map<String, String> addresses,
        List<Objective> objectives,
        ForecastSettings forecasts) {

    public DetectSettings {
        addresses = Map.copyOf(addresses);
        objectives = List.copyOf(objectives);
    }

    public static DetectSettings defaults() {
        return new DetectSettings(
                Reporter.Settings.defaults(),
                CorrelationSettings.defaults(),
                Map.of(),
                List.of(),
                ForecastSettings.defaults());
    }

    /**
     * Reads the section {@code detect} of the configuration.
     *
     * @throws io.nightshift.runtime.config.ConfigException naming file and line for an unknown key or a wrong value
     */
    public static DetectSettings from(ConfigNode config, Inventory inventory) {
        config.allowOnly(Set.of("reporting", "correlation", "objectives", "forecasts", "trustedKeys"));
        Map<String, String> addresses = new HashMap<>();
        inventory.services().forEach(service -> service.addresses().forEach(a -> addresses.put(a, service.id())));
        return new DetectSettings(
                reporting(config.section("reporting")),
                correlation(config.section("correlation")),
                addresses,
                objectives(config, inventory),
                forecasts(config.section("forecasts")));
    }

    private static ForecastSettings forecasts(ConfigNode node) {
        Map<ResourceKind, Duration> horizons = new EnumMap<>(ResourceKind.class);
        Map<String, ResourceKind> kinds = new TreeMap<>();
        for (ResourceKind kind : ResourceKind.values()) {
            kinds.put(kind.name().toLowerCase(Locale.ROOT), kind);
        }
        node.allowOnly(kinds.keySet());
        kinds.forEach((name, kind) -> horizons.put(kind, node.duration(name, kind.horizon())));
        return new ForecastSettings(horizons);
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
