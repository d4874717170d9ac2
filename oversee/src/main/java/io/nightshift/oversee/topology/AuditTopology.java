package io.nightshift.oversee.topology;

import io.nightshift.events.AuditEntry;
import io.nightshift.runtime.stream.Streams;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;

/**
 * Every decision record in, one hash chain out. The ledger is derived: no stage writes to it, so no stage can forget to.
 * All entries pass one partition, because a chain has one writer.
 */
public final class AuditTopology {

    /** The last entry of the chain. */
    public static final String HEAD_STORE = "audit-head";

    private static final String ONE_KEY = "audit";

    private AuditTopology() {}

    public static Topology build(Properties streams, Topics topics) {
        StreamsBuilder builder = Streams.builder(streams);
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(HEAD_STORE),
                Serdes.String(),
                topics.audit().value()));

        KStream<String, AuditEntry> drafts = topics.decisions().stream()
                .map(topic -> drafts(builder, topic))
                .reduce(KStream::merge)
                .orElseThrow();

        drafts.selectKey((key, draft) -> ONE_KEY, Named.as("to-the-one-chain"))
                .repartition(Repartitioned.<String, AuditEntry>as("audit-drafts")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(topics.audit().value())
                        .withNumberOfPartitions(1))
                .processValues(Sealing::new, Named.as("sealing"), HEAD_STORE)
                .to(
                        topics.audit().name(),
                        Produced.with(topics.audit().key(), topics.audit().value())
                                .withName("audit"));
        return builder.build(streams);
    }

    private static KStream<String, AuditEntry> drafts(
            StreamsBuilder builder, Topic<String, ? extends SpecificRecord> topic) {
        String name = topic.name();
        return builder.stream(
                        name,
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("from-" + name))
                .process(
                        () -> new Drafting(topic.value().deserializer(), isCompacted(topic)),
                        Named.as("draft-" + name));
    }

    private static boolean isCompacted(Topic<?, ?> topic) {
        return "compact".equals(topic.config().get("cleanup.policy"));
    }
}
