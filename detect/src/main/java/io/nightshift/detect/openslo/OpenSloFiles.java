package io.nightshift.detect.openslo;

import io.nightshift.detect.domain.slo.Objective;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.Nearest;
import io.nightshift.runtime.inventory.Inventory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads OpenSLO v1 files: SLOs, the SLIs and data sources that they refer to, and services. References may cross files.
 *
 * <p>Alert policies are refused rather than passed over: the multi-window alerts of the SRE Workbook stand for them.
 */
public final class OpenSloFiles {

    private static final String VERSION = "openslo/v1";
    private static final Set<String> KINDS = Set.of("SLO", "SLI", "Service", "DataSource");
    private static final Set<String> ALERTING = Set.of("AlertPolicy", "AlertCondition", "AlertNotificationTarget");
    private static final Set<String> METADATA = Set.of("name", "displayName", "labels", "annotations");

    private OpenSloFiles() {}

    /**
     * The objectives of these files, in their order.
     *
     * @param places files, or folders whose YAML files are read
     * @param inventory where services are looked up
     * @throws io.nightshift.runtime.config.ConfigException naming file, line and remedy
     */
    public static List<Objective> read(List<Path> places, Inventory inventory) {
        List<ConfigNode> documents = new ArrayList<>();
        for (Path place : places) {
            ConfigFile.filesIn(place).forEach(file -> documents.addAll(ConfigFile.documents(file)));
        }
        return of(documents, inventory);
    }

    static List<Objective> of(List<ConfigNode> documents, Inventory inventory) {
        Map<String, Map<String, ConfigNode>> byKind = new HashMap<>();
        KINDS.forEach(kind -> byKind.put(kind, new HashMap<>()));
        List<ConfigNode> slos = new ArrayList<>();
        for (ConfigNode document : documents) {
            String kind = kind(document);
            ConfigNode metadata = document.require("metadata").allowOnly(METADATA);
            String name = metadata.require("name").text();
            ConfigNode before = byKind.get(kind).put(name, document);
            if (before != null) {
                throw metadata.require("name")
                        .error("the " + kind + " '" + name + "' stands in " + before.where() + " already; rename one");
            }
            if (kind.equals("SLO")) {
                slos.add(document);
            } else if (kind.equals("DataSource")) {
                DataSources.check(document);
            }
        }
        SloReading reading = new SloReading(
                new ServiceNames(inventory), byKind.get("SLI"), new DataSources(byKind.get("DataSource")));
        List<Objective> objectives = new ArrayList<>();
        slos.forEach(slo -> objectives.addAll(reading.objectives(slo)));
        return objectives;
    }

    private static String kind(ConfigNode document) {
        document.allowOnly(Set.of("apiVersion", "kind", "metadata", "spec"));
        ConfigNode version = document.require("apiVersion");
        if (!version.text().equals(VERSION)) {
            throw version.error("'" + version.text() + "' is not read here; write " + VERSION
                    + (version.text().startsWith("openslo/") ? " and the file in its form" : ""));
        }
        ConfigNode kind = document.require("kind");
        String text = kind.text();
        if (ALERTING.contains(text)) {
            throw kind.error(
                    "objects of kind " + text + " have no effect here: every objective alerts at the burn rates"
                            + " of the SRE Workbook; remove it, or keep it in a file of its own");
        }
        if (!KINDS.contains(text)) {
            throw kind.error("the kind '" + text + "' is unknown; " + Nearest.remedy(text, KINDS));
        }
        return text;
    }

    /** One of an enum's names, whatever their case. */
    static <E extends Enum<E>> E choice(ConfigNode node, Class<E> type, Map<String, E> known) {
        String text = node.text();
        E chosen = known.get(text.toLowerCase(Locale.ROOT));
        if (chosen == null) {
            throw node.error("'" + text + "' is no " + type.getSimpleName().toLowerCase(Locale.ROOT) + "; "
                    + Nearest.remedy(text, known.keySet()));
        }
        return chosen;
    }
}
