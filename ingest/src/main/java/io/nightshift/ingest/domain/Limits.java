package io.nightshift.ingest.domain;

/**
 * How much one sender may hand in. Sizes are UTF-8 bytes.
 *
 * @param recordBytes greatest serialised record; batches are split to stay below it
 * @param bodyBytes greatest log body; a longer one is cut and marked
 * @param attributes most attributes of one series, log record, span or resource
 * @param keyBytes longest attribute key
 * @param valueBytes longest attribute value
 * @param attributeBytes all attributes of one item together
 * @param buckets most buckets of one histogram point
 * @param aheadMicros how far in the future an event may lie before it is quarantined, microseconds
 */
public record Limits(
        int recordBytes,
        int bodyBytes,
        int attributes,
        int keyBytes,
        int valueBytes,
        int attributeBytes,
        int buckets,
        long aheadMicros) {

    private static final int KIB = 1024;
    private static final int NAME_BYTES = 512;
    private static final int MESSAGE_BYTES = 4 * KIB;

    public static Limits defaults() {
        return new Limits(256 * KIB, 32 * KIB, 64, 256, 8 * KIB, 48 * KIB, 512, 3_600_000_000L);
    }

    /** Names of services, instances, versions, metrics and operations, and units. */
    public int nameBytes() {
        return NAME_BYTES;
    }

    /** Status messages and summaries. */
    public int messageBytes() {
        return MESSAGE_BYTES;
    }
}
