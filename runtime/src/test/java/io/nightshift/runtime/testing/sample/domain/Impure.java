package io.nightshift.runtime.testing.sample.domain;

import java.time.Instant;
import org.apache.kafka.common.TopicPartition;

/** Breaks two rules on purpose. */
final class Impure {

    private Impure() {}

    static Instant now() {
        return Instant.now();
    }

    static int partition(TopicPartition partition) {
        return partition.partition();
    }
}
