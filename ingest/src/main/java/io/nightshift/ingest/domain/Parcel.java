package io.nightshift.ingest.domain;

/**
 * A record for Kafka before it is serialised.
 *
 * @param key record key
 * @param value the record
 * @param items points, log records, spans or events in it
 * @param newestMicros newest event time in it, microseconds since the epoch
 */
public record Parcel<B>(String key, B value, int items, long newestMicros) {}
