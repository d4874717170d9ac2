package io.nightshift.oversee.topology;

import io.nightshift.events.AuditEntry;
import io.nightshift.oversee.domain.audit.AuditChain;
import io.nightshift.oversee.domain.audit.AuditHead;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;

/** Links each draft to the end of the chain. */
final class Sealing implements FixedKeyProcessor<String, AuditEntry, AuditEntry> {

    private static final String HEAD = "head";

    private FixedKeyProcessorContext<String, AuditEntry> context;
    private KeyValueStore<String, AuditEntry> head;

    @Override
    public void init(FixedKeyProcessorContext<String, AuditEntry> context) {
        this.context = context;
        this.head = context.getStateStore(AuditTopology.HEAD_STORE);
    }

    @Override
    public void process(FixedKeyRecord<String, AuditEntry> draft) {
        AuditEntry last = head.get(HEAD);
        AuditEntry entry = AuditChain.seal(draft.value(), last == null ? null : AuditHead.of(last));
        head.put(HEAD, entry);
        context.forward(draft.withValue(entry));
    }
}
