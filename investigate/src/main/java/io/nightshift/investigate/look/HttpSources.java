package io.nightshift.investigate.look;

import java.time.Clock;

/** Servers that are looked at over plain HTTP, by their kind. */
public final class HttpSources {

    private HttpSources() {}

    /**
     * @throws IllegalArgumentException for a kind that speaks something else
     */
    public static LookSource of(ToolSettings settings, Clock clock) {
        return switch (settings.kind()) {
            case PROMETHEUS -> new Prometheus(settings, clock);
            case LOKI -> new Loki(settings, clock);
            case ELASTICSEARCH -> new Elasticsearch(settings, clock);
            case JAEGER -> new Jaeger(settings, clock);
            case TEMPO -> new Tempo(settings, clock);
            case KUBERNETES -> new Kubernetes(settings);
            case MCP -> throw new IllegalArgumentException("an MCP server is not looked at over plain HTTP");
        };
    }
}
