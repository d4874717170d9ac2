package io.nightshift.runtime.worker;

import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What a worker does with a record. {@link #work} runs on a thread of the pool, for several partitions at once but for one
 * record of a partition at a time; the other methods run on the poll thread and must return within a second or so.
 */
public interface WorkHandler<K, V> {

    /**
     * Does the work; blocking is what it is for. It must end soon when its thread is interrupted.
     *
     * @return result records, committed together with the offset that finishes the record
     * @throws WorkAbandonedException lets the record go unfinished: whoever owns the partition next gets it again
     * @throws Exception see {@link #onFailure}. An {@link Error} stops the stage instead: the process is not well
     */
    List<ProducerRecord<byte[], byte[]>> work(Work<K, V> work, WorkContext context) throws Exception;

    /** The result when the hard timeout passed. The work was interrupted, and nothing it returns counts any more. */
    List<ProducerRecord<byte[], byte[]>> onTimeout(Work<K, V> work);

    /**
     * The result when {@link #work} threw, or when its result could not be sent (a record over its byte budget).
     *
     * @throws Exception to stop the stage: the record stays unfinished until the process is started again
     */
    List<ProducerRecord<byte[], byte[]>> onFailure(Work<K, V> work, Throwable fault) throws Exception;

    /** Partitions were assigned; none of their records is in work yet. Here a journal is reread. May take its time. */
    default void onAssigned(Collection<TopicPartition> partitions) {}

    /** The worker stopped for good: here is let go of what the handler holds. Not on every way in which a process dies. */
    default void onStopped() {}
}
