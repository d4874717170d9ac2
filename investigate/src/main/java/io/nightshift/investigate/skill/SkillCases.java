package io.nightshift.investigate.skill;

import io.nightshift.events.AnomalyKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Signal;
import io.nightshift.investigate.domain.IncidentSigns;
import io.nightshift.investigate.domain.IncidentSigns.Seen;
import io.nightshift.investigate.domain.skill.SkillCase;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the cases beside a skill: a YAML list, each with the signs of an incident and whether the skill is chosen. */
public final class SkillCases {

    private static final Set<String> KEYS =
            Set.of("case", "causes", "metrics", "falling", "anomalies", "logs", "services", "chosen");
    private static final int MAX_CASES = 100;

    private SkillCases() {}

    /**
     * The cases, in their order; none when the skill has no file of them.
     *
     * @throws io.nightshift.runtime.config.ConfigException naming file, line and remedy
     */
    public static List<SkillCase> parse(SkillText text) {
        if (text.cases().isEmpty()) {
            return List.of();
        }
        String content = SkillText.decoded(text.casesFile(), text.cases().get());
        ConfigNode root = ConfigFile.literal(text.casesFile(), content);
        List<ConfigNode> items = root.items();
        if (items.size() > MAX_CASES) {
            throw root.error(
                    "at most " + MAX_CASES + " cases are read, not " + items.size() + "; keep the telling ones");
        }
        return items.stream().map(item -> one(text.folder(), item)).toList();
    }

    private static SkillCase one(String skill, ConfigNode node) {
        node.allowOnly(KEYS);
        List<Seen> seen = new ArrayList<>();
        metrics(node.section("metrics"), true, seen);
        metrics(node.section("falling"), false, seen);
        node.get("anomalies")
                .map(ConfigNode::items)
                .orElse(List.of())
                .forEach(kind ->
                        seen.add(new Seen(constant(AnomalyKind.class, kind.text(), kind), Signal.TRACE, true, "", "")));
        node.texts("logs").forEach(line -> seen.add(new Seen(AnomalyKind.NEW_TEMPLATE, Signal.LOG, true, "", line)));
        return new SkillCase(
                skill,
                node.require("case").text(),
                IncidentSigns.of(causes(node.section("causes")), seen, Set.copyOf(node.texts("services"))),
                node.require("chosen").bool(),
                node.where());
    }

    private static Map<CauseClass, Double> causes(ConfigNode node) {
        Map<CauseClass, Double> causes = new EnumMap<>(CauseClass.class);
        for (String name : node.keys()) {
            ConfigNode confidence = node.require(name);
            double value = confidence.number();
            if (value < 0 || value > 1) {
                throw confidence.error("a confidence is a number from 0 to 1, not " + value);
            }
            causes.put(constant(CauseClass.class, name, confidence), value);
        }
        return causes;
    }

    private static void metrics(ConfigNode node, boolean up, List<Seen> seen) {
        for (String name : node.keys()) {
            ConfigNode kind = node.require(name);
            AnomalyKind anomaly = constant(AnomalyKind.class, kind.text(), kind);
            Signal signal = anomaly == AnomalyKind.EXHAUSTION ? Signal.FORECAST : Signal.METRIC;
            seen.add(new Seen(anomaly, signal, up, name, ""));
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name, ConfigNode node) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> node.error("'" + name + "' is unknown; "
                        + Nearest.remedy(
                                name,
                                Arrays.stream(type.getEnumConstants())
                                        .map(Enum::name)
                                        .toList())));
    }
}
