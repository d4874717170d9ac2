package io.nightshift.runtime.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * The transactions of a session, one at a time, on the poll thread. Each carries an offset, un-advanced if need be:
 * with it the broker checks the group's generation, and a stale owner can't commit anything.
 */
final class Transactions implements AutoCloseable {

    /** The generation is stale or a rebalance runs: nothing was committed. Poll, and try again if still the owner. */
    static final class StaleGenerationException extends Exception {
        private static final long serialVersionUID = 1L;

        StaleGenerationException(Throwable cause) {
            super(cause);
        }
    }

    /** The broker or the producer refuses one of the records for good: nothing was committed. */
    static final class RefusedRecordException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedRecordException(Throwable cause) {
            super(cause);
        }
    }

    private final Producer<byte[], byte[]> producer;

    /** Waits until transactions of a predecessor with the same transactional id are ended, one way or the other. */
    Transactions(Producer<byte[], byte[]> producer) {
        this.producer = producer;
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * @param next the offset to commit: of the record in work, or the one after it when it is finished
     * @throws KafkaException when the producer is fenced or the outcome is unknown; the session must end
     */
    List<RecordMetadata> commit(
            List<ProducerRecord<byte[], byte[]>> records, TopicPartition source, long next, ConsumerGroupMetadata group)
            throws StaleGenerationException, RefusedRecordException {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try {
            for (ProducerRecord<byte[], byte[]> outgoing : records) {
                sent.add(producer.send(outgoing));
            }
            producer.sendOffsetsToTransaction(Map.of(source, new OffsetAndMetadata(next)), group);
            producer.commitTransaction();
        } catch (KafkaException e) {
            if (has(e, CommitFailedException.class)) {
                producer.abortTransaction();
                throw new StaleGenerationException(e);
            }
            if (refusesRecord(e) || sent.stream().anyMatch(Transactions::wasRefused)) {
                producer.abortTransaction();
                throw new RefusedRecordException(e);
            }
            throw e;
        }
        return places(sent);
    }

    private static List<RecordMetadata> places(List<Future<RecordMetadata>> sent) {
        List<RecordMetadata> places = new ArrayList<>();
        for (Future<RecordMetadata> future : sent) {
            try {
                places.add(future.get());
            } catch (ExecutionException e) {
                throw new KafkaException("a record of a committed transaction has no place", e);
            } catch (InterruptedException e) {
                throw new org.apache.kafka.common.errors.InterruptException(e);
            }
        }
        return places;
    }

    private static boolean wasRefused(Future<RecordMetadata> future) {
        if (!future.isDone()) {
            return false;
        }
        try {
            future.get();
            return false;
        } catch (ExecutionException e) {
            return refusesRecord(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean refusesRecord(Throwable fault) {
        return has(fault, RecordTooLargeException.class)
                || has(fault, InvalidRecordException.class)
                || has(fault, InvalidTimestampException.class);
    }

    private static boolean has(Throwable fault, Class<? extends Throwable> type) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** At once: an open transaction is ended by the next {@code initTransactions}, or by the broker in time. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
