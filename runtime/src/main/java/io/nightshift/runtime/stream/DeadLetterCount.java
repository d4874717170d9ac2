package io.nightshift.runtime.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts dead letters by stage and source topic as {@code nightshift.dead.letters}. Without a registry it counts nothing. */
public final class DeadLetterCount {

    public static final String METRIC = "nightshift.dead.letters";

    private final MeterRegistry meters;
    private final String stage;

    private DeadLetterCount(MeterRegistry meters, String stage) {
        this.meters = meters;
        this.stage = stage;
    }

    /** From a Streams setting, which may be absent. */
    public static DeadLetterCount of(Object meters, String stage) {
        return new DeadLetterCount(meters instanceof MeterRegistry registry ? registry : null, stage);
    }

    public void add(String sourceTopic) {
        if (meters != null) {
            Counter.builder(METRIC)
                    .description("Records that could not be used and went to the dead letters")
                    .tag("stage", stage)
                    .tag("topic", sourceTopic)
                    .register(meters)
                    .increment();
        }
    }
}
