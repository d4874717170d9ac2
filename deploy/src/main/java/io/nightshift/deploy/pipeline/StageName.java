package io.nightshift.deploy.pipeline;

import io.nightshift.detect.DetectStages;
import io.nightshift.ingest.IngestSettings;
import io.nightshift.ingest.IngestStages;
import io.nightshift.investigate.InvestigateStages;
import io.nightshift.learn.LearnStages;
import io.nightshift.oversee.OverseeStages;
import io.nightshift.remediate.RemediateStages;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.inventory.Inventory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The rooms of the pipeline, in the order in which telemetry passes them. Each can run in a process of its own. */
public enum StageName {
    INGEST(IngestStages::of, (config, inventory, folder) -> IngestSettings.from(config)),
    DETECT(DetectStages::of, DetectStages::check),
    INVESTIGATE(InvestigateStages::of, (config, inventory, folder) -> InvestigateStages.check(config, folder)),
    REMEDIATE(RemediateStages::of, RemediateStages::check),
    LEARN(LearnStages::of, (config, inventory, folder) -> LearnStages.check(config, folder)),
    OVERSEE(OverseeStages::of, (config, inventory, folder) -> OverseeStages.check(config));

    private final Function<StageContext, List<Stage>> parts;
    private final Check check;

    StageName(Function<StageContext, List<Stage>> parts, Check check) {
        this.parts = parts;
        this.check = check;
    }

    /** Reads a stage's settings and the files that they name, and starts nothing. */
    private interface Check {
        void settings(ConfigNode config, Inventory inventory, Path folder);
    }

    /**
     * Reads what the stage would read at its start.
     *
     * @param config the whole configuration
     * @param folder the stage's own folder
     * @throws io.nightshift.runtime.config.ConfigException naming the place and the remedy
     */
    public void check(ConfigNode config, Inventory inventory, Path folder) {
        check.settings(config.section(label()), inventory, folder);
    }

    /** What the stage runs. */
    List<Stage> parts(StageContext context) {
        return parts.apply(context);
    }

    /** As it is written on the command line and in configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
