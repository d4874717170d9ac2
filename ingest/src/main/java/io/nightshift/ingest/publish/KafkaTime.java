package io.nightshift.ingest.publish;

/**
 * Event time as the Kafka timestamp of a record, clamped. A record stamped ahead would carry stream time with it and make
 * everybody else's records late; one stamped long ago would make the broker roll segments. The original time stands in
 * the value.
 *
 * @param maxAheadMillis how far ahead of the wall clock a timestamp may be
 * @param maxAgeMillis how far behind
 */
public record KafkaTime(long maxAheadMillis, long maxAgeMillis) {

    /** The timestamp in milliseconds since the epoch for an event at this time. */
    public long clamp(long eventMicros, long nowMicros) {
        long now = nowMicros / 1000;
        long event = Math.floorDiv(eventMicros, 1000L);
        return Math.max(Math.max(0, now - maxAgeMillis), Math.min(now + maxAheadMillis, event));
    }
}
