package io.nightshift.runtime.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nightshift.runtime.Stage;
import java.util.List;

/** One gauge a stage, {@code nightshift.stage.running}: 1 while it runs, else 0. */
public final class StageGauges {

    private StageGauges() {}

    public static void bind(List<? extends Stage> stages, MeterRegistry meters) {
        for (Stage stage : stages) {
            Gauge.builder(
                            "nightshift.stage.running",
                            stage,
                            each -> each.health().isRunning() ? 1 : 0)
                    .description("1 while the stage runs, 0 while it starts, is degraded, failed or stopped")
                    .tag("stage", stage.name())
                    .strongReference(true)
                    .register(meters);
        }
    }
}
