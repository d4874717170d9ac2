package io.nightshift.detect.topology;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** A record's value with the bytes that it came in, so that what can't be used leaves as it arrived. */
record Received<T>(byte[] bytes, T value) {

    /** Reads both; only the reading direction exists, for nothing writes these. */
    static <T> Serde<Received<T>> reading(Deserializer<T> inner) {
        return Serdes.serdeFrom(
                (topic, data) -> {
                    throw new UnsupportedOperationException("received records are only read");
                },
                (topic, data) -> data == null ? null : new Received<>(data, inner.deserialize(topic, data)));
    }
}
