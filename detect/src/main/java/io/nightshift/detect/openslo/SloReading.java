package io.nightshift.detect.openslo;

import io.nightshift.detect.domain.slo.Budgeting;
import io.nightshift.detect.domain.slo.Budgeting.Method;
import io.nightshift.detect.domain.slo.Objective;
import io.nightshift.detect.domain.slo.Period;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.Nearest;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one SLO. */
final class SloReading {

    private static final Set<String> SPEC = Set.of(
            "description",
            "service",
            "indicator",
            "indicatorRef",
            "timeWindow",
            "budgetingMethod",
            "objectives",
            "alertPolicies");
    private static final Set<String> OBJECTIVE =
            Set.of("displayName", "op", "value", "target", "targetPercent", "timeSliceTarget", "timeSliceWindow");
    private static final Map<String, Method> METHODS = Map.of(
            "occurrences", Method.OCCURRENCES,
            "timeslices", Method.TIMESLICES,
            "ratiotimeslices", Method.RATIO_TIMESLICES);
    /** Beyond it a budget is smaller than the rings of buckets can tell from none. */
    private static final double MAX_TARGET = 0.999_999;

    private final ServiceNames services;
    private final Map<String, ConfigNode> slis;
    private final Indicators indicators;

    SloReading(ServiceNames services, Map<String, ConfigNode> slis, DataSources sources) {
        this.services = services;
        this.slis = slis;
        this.indicators = new Indicators(services, sources);
    }

    List<Objective> objectives(ConfigNode document) {
        ConfigNode metadata = document.require("metadata");
        ConfigNode spec = document.require("spec").allowOnly(SPEC);
        spec.get("alertPolicies").filter(list -> !list.items().isEmpty()).ifPresent(list -> {
            throw list.error("alert policies have no effect here: every objective alerts at the burn rates of the SRE"
                    + " Workbook; remove them");
        });
        String name = metadata.require("name").text();
        String title = metadata.text("displayName", "");
        ServiceKey service = services.of(spec.require("service"));
        Period period = TimeWindows.of(spec);
        ConfigNode sli = sli(spec);
        ConfigNode list = spec.require("objectives");
        List<ConfigNode> nodes = list.items();
        if (nodes.isEmpty()) {
            throw list.error("there is no objective; add one with 'target', such as '- target: 0.99'");
        }
        List<Objective> objectives = new ArrayList<>();
        for (ConfigNode node : nodes) {
            node.allowOnly(OBJECTIVE);
            Indicators.Read read = indicators.of(sli, node, service);
            String suffix = nodes.size() == 1 ? "" : "-" + (objectives.size() + 1);
            objectives.add(new Objective(
                    name + suffix,
                    title(node, title, name, service),
                    service,
                    read.service(),
                    read.indicator(),
                    target(node),
                    period,
                    budgeting(spec.require("budgetingMethod"), node),
                    node.where()));
        }
        return objectives;
    }

    /** What people call it: its own display name, the SLO's, or the SLO's name without that of its service. */
    private static String title(ConfigNode objective, String sloTitle, String name, ServiceKey service) {
        String own = objective.text("displayName", "");
        if (!own.isBlank()) {
            return own;
        }
        String prefix = service.service() + "-";
        return !sloTitle.isBlank() ? sloTitle : name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    private ConfigNode sli(ConfigNode spec) {
        boolean inline = spec.get("indicator").isPresent();
        if (inline == spec.get("indicatorRef").isPresent()) {
            throw spec.error("either 'indicator' or 'indicatorRef' is expected; write one of them");
        }
        if (inline) {
            return spec.require("indicator")
                    .allowOnly(Set.of("metadata", "spec"))
                    .require("spec");
        }
        ConfigNode reference = spec.require("indicatorRef");
        ConfigNode sli = slis.get(reference.text());
        if (sli == null) {
            throw reference.error("there is no SLI '" + reference.text() + "' in these files; "
                    + Nearest.remedy(reference.text(), slis.keySet()));
        }
        return sli.require("spec");
    }

    private static double target(ConfigNode objective) {
        boolean share = objective.get("target").isPresent();
        if (share == objective.get("targetPercent").isPresent()) {
            throw objective.error("either 'target' or 'targetPercent' is expected; write one of them");
        }
        ConfigNode node = objective.require(share ? "target" : "targetPercent");
        // Rounded, or 99.9 % would be a budget of 0.000999…
        double target = share ? node.number() : Math.round(node.number() * 1e7) / 1e9;
        String hint = share && node.number() > 1 ? "; for a percentage write targetPercent" : "";
        if (target <= 0 || target >= 1) {
            throw node.error("'" + node.text() + "' is an impossible target: it must be above 0 and below "
                    + (share ? "1" : "100") + ", for without anything that may fail there is no budget" + hint);
        }
        if (target > MAX_TARGET) {
            throw node.error("'" + node.text() + "' leaves less than one in a million; the highest target is 0.999999");
        }
        return target;
    }

    private static Budgeting budgeting(ConfigNode method, ConfigNode objective) {
        Method chosen = OpenSloFiles.choice(method, Method.class, METHODS);
        if (chosen == Method.OCCURRENCES) {
            for (String key : List.of("timeSliceTarget", "timeSliceWindow")) {
                objective.get(key).ifPresent(node -> {
                    throw node.error("'" + key + "' belongs to Timeslices; remove it, or change budgetingMethod");
                });
            }
            return Budgeting.occurrences();
        }
        double sliceTarget = 1;
        if (chosen == Method.TIMESLICES) {
            ConfigNode node = objective.require("timeSliceTarget");
            sliceTarget = node.number();
            if (sliceTarget <= 0 || sliceTarget > 1) {
                throw node.error("'" + node.text() + "' is no share of good events; write above 0 and at most 1");
            }
        }
        return new Budgeting(chosen, slice(objective.require("timeSliceWindow")), sliceTarget);
    }

    /** A bare number is minutes. */
    private static long slice(ConfigNode node) {
        boolean bare = node.text().chars().allMatch(Character::isDigit);
        Duration length = bare ? Duration.ofMinutes(node.integer()) : TimeWindows.duration(node);
        if (length.compareTo(Duration.ofMinutes(1)) < 0 || length.compareTo(Duration.ofHours(1)) > 0) {
            throw node.error("'" + node.text() + "' is out of range; a slice lasts 1m to 1h");
        }
        return length.toSeconds() * 1_000_000;
    }
}
