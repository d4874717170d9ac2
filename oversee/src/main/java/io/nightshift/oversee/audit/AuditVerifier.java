package io.nightshift.oversee.audit;

import io.nightshift.events.AuditEntry;
import io.nightshift.oversee.domain.audit.AuditHead;
import io.nightshift.oversee.domain.audit.ChainCheck;
import io.nightshift.oversee.domain.audit.Source;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the ledger from its first entry and checks the chain; with {@code complete} it reads the source topics again too and
 * checks that each record has its entry and each entry its record, byte for byte.
 */
public final class AuditVerifier {

    private static final Duration POLL = Duration.ofMillis(500);
    /** A compacted topic drops old records by design: an entry whose record is gone is not a fault there. */
    private static final String COMPACTED = "compact";

    private final KafkaAccess kafka;
    private final Topics topics;

    public AuditVerifier(KafkaAccess kafka, Topics topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    /**
     * Verifies the ledger.
     *
     * @param exported hashes of exported heads by sequence
     * @param complete whether the sources are read again too
     * @throws org.apache.kafka.common.KafkaException when Kafka can't be read: nothing is known then
     */
    public AuditReport verify(Map<Long, String> exported, boolean complete) {
        ChainCheck check = new ChainCheck(exported);
        Map<Position, String> ledger = new HashMap<>();
        String undecodable = readLedger(check, ledger, complete);
        check.end();
        String fault = undecodable != null ? undecodable : check.fault().orElse(null);
        Comparison comparison = new Comparison(ledger);
        if (fault == null && complete) {
            topics.decisions().forEach(topic -> compare(topic, comparison));
            fault = comparison.fault();
        }
        AuditHead head = check.head();
        return new AuditReport(
                fault == null,
                fault,
                head == null ? 0 : head.sequence() + 1,
                head,
                comparison.checked,
                comparison.pending);
    }

    private String readLedger(ChainCheck check, Map<Position, String> ledger, boolean complete) {
        String[] fault = new String[1];
        read(topics.audit(), record -> {
            if (fault[0] != null) {
                return;
            }
            try {
                AuditEntry entry = topics.audit().value().deserializer().deserialize(record.topic(), record.value());
                check.accept(entry);
                if (complete) {
                    ledger.put(
                            new Position(entry.getSourceTopic(), entry.getSourcePartition(), entry.getSourceOffset()),
                            entry.getSourceSha256());
                }
            } catch (SerializationException e) {
                fault[0] = "the ledger's record at offset " + record.offset() + " can't be read: " + e.getMessage();
            }
        });
        return fault[0];
    }

    private void compare(Topic<?, ?> topic, Comparison comparison) {
        boolean compacted = COMPACTED.equals(topic.config().get("cleanup.policy"));
        read(topic, record -> comparison.source(record));
        if (!compacted) {
            comparison.leftOver(topic.name());
        }
    }

    /** Reads what is committed in a topic now, each partition to its present end. */
    private void read(Topic<?, ?> topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Map<String, Object> properties = kafka.consumer("audit-verify");
        properties.remove("group.id");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(POLL).forEach(each);
            }
        }
    }

    private record Position(String topic, int partition, long offset) {}

    /** The sources against the ledger. */
    private static final class Comparison {
        private final Map<Position, String> ledger;
        private long checked;
        private long pending;
        private String fault;

        Comparison(Map<Position, String> ledger) {
            this.ledger = ledger;
        }

        void source(ConsumerRecord<byte[], byte[]> record) {
            Position position = new Position(record.topic(), record.partition(), record.offset());
            Source source = Source.of(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    Instant.ofEpochMilli(record.timestamp()),
                    record.value());
            String entry = ledger.remove(position);
            if (entry == null) {
                missing(position);
            } else if (!entry.equals(source.sha256()) && fault == null) {
                fault = describe(position) + " was edited: its bytes do not fit the hash in the ledger";
            }
            checked++;
        }

        /** A record after the last one that the ledger knows of its partition is on its way; one before it was left out. */
        private void missing(Position position) {
            boolean ledgerIsAhead = ledger.keySet().stream()
                    .anyMatch(known -> known.topic().equals(position.topic())
                            && known.partition() == position.partition()
                            && known.offset() > position.offset());
            if (ledgerIsAhead && fault == null) {
                fault = describe(position) + " has no entry in the ledger";
            } else {
                pending++;
            }
        }

        void leftOver(String topic) {
            if (fault == null) {
                fault = ledger.keySet().stream()
                        .filter(known -> known.topic().equals(topic))
                        .findFirst()
                        .map(known -> describe(known) + " is in the ledger but no longer in the topic: it was deleted")
                        .orElse(null);
            }
        }

        String fault() {
            return fault;
        }

        private static String describe(Position position) {
            return "the record at offset " + position.offset() + " of " + position.topic() + "-" + position.partition();
        }
    }
}
