package io.nightshift.ingest;

import io.nightshift.ingest.publish.IngestProducer;
import io.nightshift.ingest.ticks.TickStage;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Ingest as stages: the front doors and the ticks. */
public final class IngestStages {
    /** A tick that is not in Kafka by then is of no use. */
    private static final Duration TICK_ACKNOWLEDGEMENT = Duration.ofSeconds(5);

    private static final long TICK_BUFFER_BYTES = 1024 * 1024;

    private IngestStages() {}

    /** @throws io.nightshift.runtime.config.ConfigException when a setting is wrong */
    public static List<Stage> of(StageContext context) {
        IngestSettings settings = IngestSettings.from(context.config());
        List<Stage> stages = new ArrayList<>();
        stages.add(new DoorStage(
                settings,
                context,
                () -> IngestProducer.open(
                        context.kafka(), "ingest", settings.acknowledgement(), 2 * settings.maxInFlightBytes())));
        if (settings.ticks()) {
            stages.add(new TickStage(
                    context.topics().ticks(),
                    context.clock(),
                    settings.lateness(),
                    () -> IngestProducer.open(context.kafka(), "ticks", TICK_ACKNOWLEDGEMENT, TICK_BUFFER_BYTES)));
        }
        return List.copyOf(stages);
    }
}
