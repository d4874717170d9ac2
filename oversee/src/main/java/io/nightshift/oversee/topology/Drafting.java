package io.nightshift.oversee.topology;

import io.nightshift.events.AuditEntry;
import io.nightshift.oversee.domain.audit.AuditDraft;
import io.nightshift.oversee.domain.audit.Source;
import io.nightshift.schemas.registry.RegistryException;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Turns a decision record into a draft of its ledger entry. It reads bytes, because the ledger hashes the bytes that stand in
 * the source, and because a record that can't be decoded is an entry too.
 */
final class Drafting implements Processor<byte[], byte[], String, AuditEntry> {

    private final Deserializer<? extends SpecificRecord> deserializer;
    private final boolean compacted;
    private ProcessorContext<String, AuditEntry> context;

    /** @param compacted whether a record without a value takes back what stood under its key */
    Drafting(Deserializer<? extends SpecificRecord> deserializer, boolean compacted) {
        this.deserializer = deserializer;
        this.compacted = compacted;
    }

    @Override
    public void init(ProcessorContext<String, AuditEntry> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record from a topic has a position"));
        Source source = Source.of(
                at.topic(), at.partition(), at.offset(), Instant.ofEpochMilli(record.timestamp()), record.value());
        context.forward(new Record<>("", draft(source, record.value()), record.timestamp()));
    }

    private AuditEntry draft(Source source, byte[] value) {
        if (value == null) {
            return compacted ? AuditDraft.takenBack(source) : AuditDraft.undecodable(source, "it is a tombstone");
        }
        try {
            return AuditDraft.of(source, deserializer.deserialize(source.topic(), value));
        } catch (RegistryException e) {
            if (e.isTransient()) {
                throw e; // the registry is out of reach, not the record unreadable: stop and try again later
            }
            return AuditDraft.undecodable(source, e.getMessage());
        } catch (SerializationException e) {
            return AuditDraft.undecodable(source, e.getMessage());
        }
    }
}
