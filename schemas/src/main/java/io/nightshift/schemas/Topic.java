package io.nightshift.schemas;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serde;

/**
 * A topic as a typed value: its full name, how to read and write it, and how it is to be provisioned.
 *
 * @param name full name, prefix included
 * @param key serde of the key
 * @param value serde of the value
 * @param partitions number of partitions, at least 1; a topic found with another number is refused at start
 * @param recordLimitBytes greatest serialised size of a record; enforced in the domain before it is sent
 * @param config topic configuration for provisioning
 */
public record Topic<K, V>(
        String name, Serde<K> key, Serde<V> value, int partitions, int recordLimitBytes, Map<String, String> config) {

    public Topic {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        if (partitions < 1) {
            throw new IllegalArgumentException("topic " + name + " needs at least one partition, not " + partitions);
        }
        config = Map.copyOf(config);
    }

    @Override
    public String toString() {
        return name;
    }
}
