package io.nightshift.detect;

import io.micrometer.core.instrument.MeterRegistry;
import io.nightshift.detect.topology.CorrelateTopology;
import io.nightshift.detect.topology.DetectTopology;
import io.nightshift.detect.topology.Tallies;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.stream.StreamStage;
import io.nightshift.runtime.stream.Streams;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The stages of this module: {@code detect} finds anomalies in telemetry, {@code correlate} makes incidents of them. */
public final class DetectStages {

    private DetectStages() {}

    /**
     * Reads all that the settings name and starts nothing.
     *
     * @param folder the stage's own
     * @throws io.nightshift.runtime.config.ConfigException naming the place and the remedy
     */
    public static void check(ConfigNode config, Inventory inventory, Path folder) {
        DetectSettings.from(config, inventory);
        trustedKeys(config, folder);
    }

    public static List<Stage> of(StageContext context) {
        DetectSettings settings = DetectSettings.from(context.config(), context.inventory());
        TrustedKeys keys = trustedKeys(context.config(), context.folder());
        Tallies tallies = tallies(context.meters());
        return List.of(
                StreamStage.builder(context, "detect")
                        .build(properties -> DetectTopology.build(
                                Streams.builder(properties), settings, context.topics(), keys, tallies)),
                StreamStage.builder(context, "correlate")
                        .build(properties -> CorrelateTopology.build(
                                Streams.builder(properties), settings, context.topics(), tallies)));
    }

    /** Whose opinions about anomalies count: those whom remediate trusts, unless others are named. */
    private static TrustedKeys trustedKeys(ConfigNode config, Path folder) {
        Optional<Path> named = config.get("trustedKeys").map(ConfigNode::path);
        Path keys = named.orElse(folder.resolveSibling("remediate").resolve("trusted"));
        try {
            return TrustedKeys.read(keys);
        } catch (IOException e) {
            if (named.isEmpty() && e instanceof NoSuchFileException) {
                return TrustedKeys.none(); // Nobody can approve anything either.
            }
            throw config.error("the trusted keys can't be read: " + e.getMessage()
                    + "; correct detect.trustedKeys, a .pub file or a folder of them");
        }
    }

    private static Tallies tallies(MeterRegistry meters) {
        return what -> meters.counter("nightshift.detect", "what", what).increment();
    }
}
