package io.nightshift.ingest.domain;

/**
 * When and where something came in.
 *
 * @param atMicros microseconds since the epoch
 * @param source the door, such as {@code otlp-grpc}
 */
public record Reception(long atMicros, String source) {}
