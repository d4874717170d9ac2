package io.nightshift.investigate.domain;

import io.nightshift.events.RollupSeries;
import io.nightshift.investigate.domain.measure.SignKind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** In which way a series tells how busy its processors are, and from when on they are. */
enum ProcessorUse {
    /** Share of all processors, 0 to 1. */
    SHARE(0.02, 0.15, 100, "%.0f %% of all processors since %s, %.0f %% before"),

    /** Seconds of processor time in a second: how many processors are busy. How many there are is not known. */
    TIME(0.04, 0.5, 1, "%.1f processors since %s, %.1f before");

    private static final Set<String> NO_WORK = Set.of("idle", "iowait", "wait");

    private final double idle;
    private final double busy;
    private final double scale;
    private final String words;

    ProcessorUse(double idle, double busy, double scale, String words) {
        this.idle = idle;
        this.busy = busy;
        this.scale = scale;
        this.words = words;
    }

    /** Empty where the series tells something else, such as the time that a processor was idle. */
    static Optional<ProcessorUse> of(RollupSeries series) {
        String name = series.getName().toLowerCase(Locale.ROOT);
        if (MetricNames.kindOf(name, series.getAttributes()) != SignKind.CPU
                || series.getAttributes().values().stream().anyMatch(NO_WORK::contains)) {
            return Optional.empty();
        }
        if (name.endsWith("utilization")) {
            return Optional.of(SHARE);
        }
        // "cpu.time" in seconds, as OpenTelemetry has it, and "cpu_seconds_total" of Prometheus' exporters
        boolean inSeconds = name.endsWith("seconds_total")
                || name.endsWith("cpu_seconds")
                || series.getUnit().equals("s") && name.endsWith("time");
        return inSeconds ? Optional.of(TIME) : Optional.empty();
    }

    /** Below this nothing is done, and a multiple of nothing says nothing. */
    double idle() {
        return idle;
    }

    boolean isBusy(double now) {
        return now >= busy;
    }

    String words(double now, String since, double before) {
        return SignWords.format(words, scale * now, since, scale * before);
    }
}
