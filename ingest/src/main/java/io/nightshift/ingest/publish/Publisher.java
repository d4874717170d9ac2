package io.nightshift.ingest.publish;

import io.nightshift.ingest.domain.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way into Kafka. A group of records is acknowledged when every in-sync replica has every one of them, and refused as
 * a whole otherwise: the sender tries again and some records may then come twice. Bytes in flight are bounded; past the
 * bound a group is refused at once instead of waiting in memory.
 */
public final class Publisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    /** What a record costs the producer besides its bytes. */
    private static final int RECORD_OVERHEAD = 256;

    private final Producer<byte[], byte[]> producer;
    private final long maxInFlightBytes;
    private final AtomicLong inFlightBytes = new AtomicLong();
    private final AtomicReference<String> trouble = new AtomicReference<>();

    public Publisher(Producer<byte[], byte[]> producer, long maxInFlightBytes) {
        this.producer = producer;
        this.maxInFlightBytes = maxInFlightBytes;
    }

    /**
     * Sends the records; the future completes when all are acknowledged, or with {@link Refused} when one was not.
     *
     * @throws Refused when too much is in flight
     */
    public CompletableFuture<Void> publish(List<ProducerRecord<byte[], byte[]>> records) {
        if (records.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        long bytes = records.stream().mapToLong(Publisher::cost).sum();
        if (inFlightBytes.addAndGet(bytes) > maxInFlightBytes) {
            inFlightBytes.addAndGet(-bytes);
            throw Refused.overloaded("more than " + maxInFlightBytes + " bytes wait for Kafka; try again later");
        }
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        acknowledged.whenComplete((done, failure) -> inFlightBytes.addAndGet(-bytes));
        Group group = new Group(records.size(), acknowledged);
        for (ProducerRecord<byte[], byte[]> record : records) {
            send(record, group);
        }
        return acknowledged;
    }

    private void send(ProducerRecord<byte[], byte[]> record, Group group) {
        if (group.hasFailed()) {
            // Without metadata every further send would wait its full time for nothing.
            group.done(null);
            return;
        }
        try {
            producer.send(record, (metadata, failure) -> group.done(failure));
        } catch (RuntimeException e) {
            group.done(e);
        }
    }

    /** Says once that trouble has begun, and once that it is over: senders come back every few seconds. */
    private void note(Exception failure) {
        String before = trouble.getAndSet(failure == null ? null : failure.toString());
        if (failure != null && before == null) {
            LOG.warn("Kafka does not acknowledge, senders are told to come again: {}", failure.toString());
        } else if (failure == null && before != null) {
            LOG.info("Kafka acknowledges again");
        }
    }

    /** Bytes sent and not yet acknowledged. */
    public long inFlightBytes() {
        return inFlightBytes.get();
    }

    /** What went wrong with the last group; empty when it was acknowledged. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble.get());
    }

    /**
     * Asks for what the first send needs to know, so that no sender waits for it. Blocks; returns when all topics are
     * known or the thread is interrupted.
     */
    public void warmUp(List<String> topics) {
        for (String topic : topics) {
            while (!Thread.currentThread().isInterrupted() && !isKnown(topic)) {
                LOG.debug("Topic {} is not known yet", topic);
            }
        }
        trouble.set(null);
    }

    /** Waits as long as the producer is set to. */
    private boolean isKnown(String topic) {
        try {
            return !producer.partitionsFor(topic).isEmpty();
        } catch (TimeoutException e) {
            trouble.set("topic " + topic + " can't be looked up: " + e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }

    private static long cost(ProducerRecord<byte[], byte[]> record) {
        return (long) RECORD_OVERHEAD + record.key().length + record.value().length;
    }

    /** Waits for the last record of a group and keeps its first failure. */
    private final class Group {
        private final AtomicInteger open;
        private final AtomicReference<Exception> failure = new AtomicReference<>();
        private final CompletableFuture<Void> acknowledged;

        Group(int records, CompletableFuture<Void> acknowledged) {
            this.open = new AtomicInteger(records);
            this.acknowledged = acknowledged;
        }

        boolean hasFailed() {
            return failure.get() != null;
        }

        void done(Exception problem) {
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
            if (open.decrementAndGet() > 0) {
                return;
            }
            Exception first = failure.get();
            note(first);
            if (first == null) {
                acknowledged.complete(null);
            } else {
                acknowledged.completeExceptionally(
                        Refused.unavailable("Kafka did not acknowledge: " + first.getMessage(), first));
            }
        }
    }
}
