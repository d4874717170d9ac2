package io.nightshift.deploy.pipeline;

import io.nightshift.detect.DetectStages;
import io.nightshift.ingest.IngestStages;
import io.nightshift.investigate.InvestigateStages;
import io.nightshift.learn.LearnStages;
import io.nightshift.oversee.OverseeStages;
import io.nightshift.remediate.RemediateStages;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The rooms of the pipeline, in the order in which telemetry passes them. Each can run in a process of its own. */
public enum StageName {
    INGEST(IngestStages::of),
    DETECT(DetectStages::of),
    INVESTIGATE(InvestigateStages::of),
    REMEDIATE(RemediateStages::of),
    LEARN(LearnStages::of),
    OVERSEE(OverseeStages::of);

    private final Function<StageContext, List<Stage>> parts;

    StageName(Function<StageContext, List<Stage>> parts) {
        this.parts = parts;
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
