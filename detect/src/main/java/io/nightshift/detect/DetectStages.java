package io.nightshift.detect;

import io.micrometer.core.instrument.MeterRegistry;
import io.nightshift.detect.topology.CorrelateTopology;
import io.nightshift.detect.topology.DetectTopology;
import io.nightshift.detect.topology.Tallies;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.stream.StreamStage;
import io.nightshift.runtime.stream.Streams;
import java.util.List;

/** The stages of this module: {@code detect} finds anomalies in telemetry, {@code correlate} makes incidents of them. */
public final class DetectStages {

    private DetectStages() {}

    public static List<Stage> of(StageContext context) {
        DetectSettings settings = DetectSettings.from(context.config(), context.inventory());
        Tallies tallies = tallies(context.meters());
        return List.of(
                StreamStage.builder(context, "detect")
                        .build(properties ->
                                DetectTopology.build(Streams.builder(properties), settings, context.topics(), tallies)),
                StreamStage.builder(context, "correlate")
                        .build(properties -> CorrelateTopology.build(
                                Streams.builder(properties), settings, context.topics(), tallies)));
    }

    private static Tallies tallies(MeterRegistry meters) {
        return what -> meters.counter("nightshift.detect", "what", what).increment();
    }
}
