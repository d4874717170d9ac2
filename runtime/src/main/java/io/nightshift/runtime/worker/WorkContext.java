package io.nightshift.runtime.worker;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What a handler can do while it works on a record. Used from the thread of that work only. */
public interface WorkContext {

    /**
     * Commits intent before effect: returns once a transaction with these records, and with the un-advanced offset of the
     * record in work, is committed. The offset of a returned record may serve as a fencing token.
     *
     * @return places of the records, in their order
     * @throws WorkAbandonedException when the work is no longer ours (partition revoked, hard timeout, stopping), or the
     *     commit was fenced, failed, or its outcome is unknown. The handler must not act, and let it pass.
     */
    List<RecordMetadata> commit(List<ProducerRecord<byte[], byte[]>> records);

    /**
     * Commits what has already happened, without finishing the record. Unlike an intent it is still taken while a
     * revocation waits for this work.
     *
     * @throws WorkAbandonedException as {@link #commit}; the effect is then in doubt
     */
    List<RecordMetadata> commitOutcome(List<ProducerRecord<byte[], byte[]>> records);

    /** Whether the partition is being taken away or the worker stops: finish what was begun, begin nothing new. */
    boolean isWanted();
}
