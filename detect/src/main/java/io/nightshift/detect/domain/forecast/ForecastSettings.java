package io.nightshift.detect.domain.forecast;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long before its end a resource is spoken of.
 *
 * @param horizons by kind; a kind that is missing has its default
 */
public record ForecastSettings(Map<ResourceKind, Duration> horizons) {

    public ForecastSettings {
        horizons = Map.copyOf(horizons);
    }

    public static ForecastSettings defaults() {
        Map<ResourceKind, Duration> horizons = new EnumMap<>(ResourceKind.class);
        for (ResourceKind kind : ResourceKind.values()) {
            horizons.put(kind, kind.horizon());
        }
        return new ForecastSettings(horizons);
    }

    long micros(ResourceKind kind) {
        return horizons.getOrDefault(kind, kind.horizon()).toSeconds() * 1_000_000;
    }
}
