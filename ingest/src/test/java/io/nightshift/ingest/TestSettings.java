package io.nightshift.ingest;

import io.nightshift.ingest.http.Endpoint;
import io.nightshift.runtime.config.EmptyConfig;
import java.time.Duration;

/** The defaults, on free ports. */
public final class TestSettings {
    private TestSettings() {}

    public static IngestSettings defaults() {
        return with(64, 32 * 1024 * 1024);
    }

    public static IngestSettings with(int maxRequests, long maxInFlightBytes) {
        Endpoint free = new Endpoint("127.0.0.1", 0);
        return on(free, free, maxRequests, maxInFlightBytes);
    }

    static IngestSettings on(Endpoint grpc, Endpoint http, int maxRequests, long maxInFlightBytes) {
        IngestSettings settings = IngestSettings.from(EmptyConfig.INSTANCE);
        return new IngestSettings(
                grpc,
                http,
                settings.limits(),
                settings.maxBodyBytes(),
                maxRequests,
                maxInFlightBytes,
                Duration.ofSeconds(2),
                settings.retryAfter(),
                settings.seriesPerService(),
                settings.seriesOverall(),
                settings.kafkaTime(),
                settings.spread(),
                settings.ticks(),
                settings.lateness());
    }
}
