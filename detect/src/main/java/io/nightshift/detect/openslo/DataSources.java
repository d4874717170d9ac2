package io.nightshift.detect.openslo;

import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.Nearest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where metrics come from. There is one type: the telemetry that Nightshift reads. */
final class DataSources {

    static final String TYPE = "nightshift";

    private final Map<String, ConfigNode> declared;

    DataSources(Map<String, ConfigNode> declared) {
        this.declared = declared;
    }

    static void check(ConfigNode document) {
        ConfigNode spec = document.require("spec").allowOnly(Set.of("description", "type", "connectionDetails"));
        checkType(spec.require("type"));
    }

    private static void checkType(ConfigNode type) {
        if (!type.text().equalsIgnoreCase(TYPE)) {
            throw type.error("the metric source type '" + type.text() + "' is unknown; write 'type: " + TYPE
                    + "' and in its spec 'metric:' or 'spans:' to count in the telemetry that Nightshift reads");
        }
    }

    /** The spec of a {@code metricSource}, once its type is known. */
    ConfigNode spec(ConfigNode metricSource) {
        metricSource.allowOnly(Set.of("metricSourceRef", "type", "spec"));
        Optional<ConfigNode> reference = metricSource.get("metricSourceRef");
        reference.ifPresent(name -> {
            if (!declared.containsKey(name.text())) {
                throw name.error("there is no DataSource '" + name.text() + "'; "
                        + (declared.isEmpty()
                                ? "remove the line and write 'type: " + TYPE + "'"
                                : Nearest.remedy(name.text(), declared.keySet())));
            }
        });
        Optional<ConfigNode> type = metricSource.get("type");
        type.ifPresent(DataSources::checkType);
        if (type.isEmpty() && reference.isEmpty()) {
            throw metricSource.error("'type' is missing; write 'type: " + TYPE + "'");
        }
        return metricSource.require("spec");
    }
}
