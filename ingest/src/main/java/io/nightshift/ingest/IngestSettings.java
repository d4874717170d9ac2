package io.nightshift.ingest;

import io.nightshift.ingest.domain.Limits;
import io.nightshift.ingest.domain.Spread;
import io.nightshift.ingest.http.Endpoint;
import io.nightshift.ingest.publish.KafkaTime;
import io.nightshift.runtime.config.ConfigNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What an operator may set of ingest, with defaults.
 *
 * @param grpc where OTLP over gRPC listens
 * @param http where OTLP over HTTP, changes and alerts listen
 * @param limits what one item may be
 * @param maxBodyBytes most bytes of a request after decompression
 * @param maxRequests requests in work at once, over all doors
 * @param maxInFlightBytes serialised bytes that may wait for Kafka
 * @param acknowledgement how long Kafka may take before a sender is told to come again
 * @param retryAfter when it should
 * @param seriesPerService most metric series of one service
 * @param seriesOverall most metric series of all services
 * @param kafkaTime how event time becomes the Kafka timestamp
 * @param spread services that use several sub-keys
 * @param ticks whether this process writes ticks; one per installation is enough
 * @param lateness how far the watermark stays behind the clock
 */
public record IngestSettings(
        Endpoint grpc,
        Endpoint http,
        Limits limits,
        int maxBodyBytes,
        int maxRequests,
        long maxInFlightBytes,
        Duration acknowledgement,
        Duration retryAfter,
        int seriesPerService,
        int seriesOverall,
        KafkaTime kafkaTime,
        Spread spread,
        boolean ticks,
        Duration lateness) {

    private static final int MIB = 1024 * 1024;

    /** Reads the section {@code ingest}. */
    public static IngestSettings from(ConfigNode node) {
        node.allowOnly(Set.of(
                "otlp",
                "maxBodyBytes",
                "maxLogBodyBytes",
                "maxRequests",
                "maxInFlightBytes",
                "acknowledgementTimeout",
                "retryAfter",
                "maxSeriesPerService",
                "maxSeries",
                "maxClockSkew",
                "oldestTimestamp",
                "spread",
                "ticks"));
        ConfigNode otlp = node.section("otlp").allowOnly(Set.of("grpc", "http"));
        ConfigNode ticks = node.section("ticks").allowOnly(Set.of("enabled", "lateness"));
        return new IngestSettings(
                endpoint(otlp.section("grpc"), 4317),
                endpoint(otlp.section("http"), 4318),
                limits(node),
                positive(node, "maxBodyBytes", 4 * MIB),
                positive(node, "maxRequests", 64),
                positive(node, "maxInFlightBytes", 32 * MIB),
                node.duration("acknowledgementTimeout", Duration.ofSeconds(5)),
                node.duration("retryAfter", Duration.ofSeconds(2)),
                positive(node, "maxSeriesPerService", 20_000),
                positive(node, "maxSeries", 500_000),
                new KafkaTime(
                        node.duration("maxClockSkew", Duration.ofMinutes(1)).toMillis(),
                        node.duration("oldestTimestamp", Duration.ofDays(1)).toMillis()),
                spread(node.section("spread")),
                ticks.bool("enabled", true),
                ticks.duration("lateness", Duration.ofSeconds(5)));
    }

    private static Endpoint endpoint(ConfigNode node, int port) {
        node.allowOnly(Set.of("host", "port"));
        int chosen = node.integer("port", port);
        if (chosen < 0 || chosen > 65_535) {
            throw node.error("port must be 0 (any free one) to 65535, not " + chosen);
        }
        return new Endpoint(node.text("host", "127.0.0.1"), chosen);
    }

    private static Limits limits(ConfigNode node) {
        Limits defaults = Limits.defaults();
        int bodyBytes = positive(node, "maxLogBodyBytes", defaults.bodyBytes());
        int most = 64 * 1024;
        if (bodyBytes > most) {
            throw node.error("maxLogBodyBytes must be at most " + most + ", so that a line fits into a record");
        }
        return new Limits(
                defaults.recordBytes(),
                bodyBytes,
                defaults.attributes(),
                defaults.keyBytes(),
                defaults.valueBytes(),
                defaults.attributeBytes(),
                defaults.buckets(),
                defaults.aheadMicros());
    }

    private static Spread spread(ConfigNode node) {
        Map<String, Integer> ways = new HashMap<>();
        for (String service : node.keys()) {
            ways.put(service, positive(node, service, 1));
        }
        return new Spread(ways);
    }

    private static int positive(ConfigNode node, String key, int fallback) {
        int value = node.integer(key, fallback);
        if (value < 1) {
            throw node.error(key + " must be 1 or more, not " + value);
        }
        return value;
    }
}
