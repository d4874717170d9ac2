package io.nightshift.detect.topology;

/** What the {@link Gate} did with a record. */
sealed interface Passage {

    record Passed(Arrival arrival) implements Passage {}

    /** To be written again, to the partition that its key belongs to. */
    record Misplaced(String topic, byte[] key, byte[] value) implements Passage {}

    record Rejected(byte[] sourceTopic, byte[] value) implements Passage {}
}
