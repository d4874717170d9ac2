package io.nightshift.ingest;

import io.nightshift.ingest.publish.IngestProducer;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import java.util.List;

/** Ingest as stages: the front doors. */
public final class IngestStages {
    private IngestStages() {}

    /** @throws io.nightshift.runtime.config.ConfigException when a setting is wrong */
    public static List<Stage> of(StageContext context) {
        IngestSettings settings = IngestSettings.from(context.config());
        return List.of(new DoorStage(
                settings,
                context,
                () -> IngestProducer.open(
                        context.kafka(), "ingest", settings.acknowledgement(), 2 * settings.maxInFlightBytes())));
    }
}
