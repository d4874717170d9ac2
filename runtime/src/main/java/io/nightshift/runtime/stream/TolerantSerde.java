package io.nightshift.runtime.stream;

import io.nightshift.runtime.fault.Faults;
import io.nightshift.schemas.registry.RegistryException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A serde for the source of a global store. Global stores take no dead-letter handler in Kafka 4.3, and one poisoned
 * record would stop the process at every start; so what can't be decoded reads as null, is logged and counted.
 *
 * <p>A null in a store is a deletion: whoever reads the store must take absence as the safe answer. A registry out of
 * reach still throws, for then the record may be good.
 */
public final class TolerantSerde {

    private static final Logger LOG = LoggerFactory.getLogger(TolerantSerde.class);

    private TolerantSerde() {}

    public static <T> Serde<T> of(Serde<T> serde, DeadLetterCount count) {
        return Serdes.serdeFrom(serde.serializer(), new Tolerant<>(serde.deserializer(), count));
    }

    private record Tolerant<T>(Deserializer<T> strict, DeadLetterCount count) implements Deserializer<T> {

        @Override
        public T deserialize(String topic, byte[] data) {
            return deserialize(topic, null, data);
        }

        @Override
        public T deserialize(String topic, Headers headers, byte[] data) {
            try {
                return strict.deserialize(topic, headers, data);
            } catch (RuntimeException e) {
                if (e instanceof RegistryException && Faults.isTransient(e)) {
                    throw e;
                }
                LOG.warn("passed over an undecodable record of {}: {}", topic, DeadLetters.reason(e));
                count.add(topic);
                return null;
            }
        }

        @Override
        public void close() {
            strict.close();
        }
    }
}
