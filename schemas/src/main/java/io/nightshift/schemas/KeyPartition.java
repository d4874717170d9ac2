package io.nightshift.schemas;

import org.apache.kafka.common.utils.Utils;

/** Where a key belongs: as Java's default partitioner puts it, which producers in other languages are asked to do too. */
public final class KeyPartition {

    private KeyPartition() {}

    /** The partition of this key, 0 to {@code partitions} - 1. */
    public static int of(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
