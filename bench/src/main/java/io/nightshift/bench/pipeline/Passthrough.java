package io.nightshift.bench.pipeline;

import io.nightshift.runtime.stream.Streams;
import java.util.Properties;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/** What Kafka Streams costs by itself: a topology that deserialises every batch and forwards one in a thousand. */
final class Passthrough {

    private Passthrough() {}

    static Topology build(Properties properties, String from, Deserializer<?> value, String to) {
        StreamsBuilder builder = Streams.builder(properties);
        builder.stream(
                        from,
                        Consumed.with(Serdes.String(), Serdes.serdeFrom((topic, data) -> new byte[0], (topic, data) ->
                                        (Object) value.deserialize(topic, data)))
                                .withName("read"))
                .processValues(OneInAThousand::new, Named.as("one-in-a-thousand"))
                .to(to, Produced.with(Serdes.String(), Serdes.ByteArray()).withName("forward"));
        return builder.build();
    }

    private static final class OneInAThousand extends ContextualFixedKeyProcessor<String, Object, byte[]> {
        private long seen;

        @Override
        public void process(FixedKeyRecord<String, Object> record) {
            if (++seen % 1_000 == 0) {
                context().forward(record.withValue(new byte[0]));
            }
        }
    }
}
