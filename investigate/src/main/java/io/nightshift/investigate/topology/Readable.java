package io.nightshift.investigate.topology;

import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/** Reads a topic; records without a key or a value, which nothing after could place, leave for the dead letters. */
final class Readable {

    private static final String FINE = "fine";

    private Readable() {}

    static <V extends SpecificRecord> KStream<String, V> read(
            StreamsBuilder builder, Topics topics, Topic<String, V> topic, String name) {
        KStream<String, V> all = builder.stream(
                topic.name(), Consumed.with(topic.key(), topic.value()).withName("read-" + name));
        KStream<String, V> fine = all.split(Named.as(name + "-"))
                .branch((key, value) -> key != null && value != null, Branched.as(FINE))
                .defaultBranch(Branched.withConsumer(nameless -> refuse(nameless, topics, topic, name), "nameless"))
                .get(name + "-" + FINE);
        return fine;
    }

    private static <V extends SpecificRecord> void refuse(
            KStream<String, V> nameless, Topics topics, Topic<String, V> topic, String name) {
        byte[] source = topic.name().getBytes(StandardCharsets.UTF_8);
        nameless.map(
                        (key, value) -> new KeyValue<>(
                                source, topic.value().serializer().serialize(topic.name(), value)),
                        Named.as("refuse-" + name))
                .to(
                        topics.deadLetters().name(),
                        Produced.with(
                                        topics.deadLetters().key(),
                                        topics.deadLetters().value())
                                .withName("dead-" + name));
    }
}
