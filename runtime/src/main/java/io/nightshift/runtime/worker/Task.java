package io.nightshift.runtime.worker;

import io.nightshift.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * One record in work. Two threads meet here: the pool thread runs it, the poll thread commits for it and may take it back.
 *
 * <pre>
 *   WANTED ──▶ UNWANTED (revoked or stopping: outcomes are still committed, intents are not)
 *      │           │
 *      └─────┬─────┴──▶ DROPPED (cancelled, timed out, lost: nothing of it is committed any more)
 * </pre>
 */
final class Task<K, V> implements Runnable, WorkContext {

    private enum Standing {
        WANTED,
        UNWANTED,
        DROPPED
    }

    /** What the pool thread hands to the poll thread. */
    sealed interface Message<K, V> {
        Task<K, V> task();
    }

    record CommitRequest<K, V>(
            Task<K, V> task,
            List<ProducerRecord<byte[], byte[]>> records,
            boolean isIntent,
            CompletableFuture<List<RecordMetadata>> answer)
            implements Message<K, V> {}

    /** The work ended: with a result, or with a fault. */
    record Ended<K, V>(Task<K, V> task, List<ProducerRecord<byte[], byte[]>> result, Throwable fault)
            implements Message<K, V> {}

    private final ConsumerRecord<byte[], byte[]> source;
    private final Topic<K, V> topic;
    private final WorkHandler<K, V> handler;
    private final WorkerMetrics metrics;
    private final Consumer<Message<K, V>> mailbox;

    private volatile Standing standing = Standing.WANTED;
    private volatile Work<K, V> work;
    private volatile long startedNanos;
    private Thread thread;
    private boolean isRunning;

    Task(
            ConsumerRecord<byte[], byte[]> source,
            Topic<K, V> topic,
            WorkHandler<K, V> handler,
            WorkerMetrics metrics,
            Consumer<Message<K, V>> mailbox) {
        this.source = source;
        this.topic = topic;
        this.handler = handler;
        this.metrics = metrics;
        this.mailbox = mailbox;
    }

    // On the pool thread.

    @Override
    public void run() {
        if (!begin()) {
            return;
        }
        metrics.begun(Duration.ofMillis(System.currentTimeMillis() - source.timestamp()));
        try {
            work = decode();
            mailbox.accept(new Ended<>(this, handler.work(work, this), null));
        } catch (Throwable fault) {
            mailbox.accept(new Ended<>(this, List.of(), fault));
        } finally {
            ended();
        }
    }

    private Work<K, V> decode() throws PoisonException {
        K key;
        V value;
        try {
            key = topic.key().deserializer().deserialize(source.topic(), source.key());
            value = topic.value().deserializer().deserialize(source.topic(), source.value());
        } catch (RuntimeException | StackOverflowError e) {
            throw new PoisonException(e); // The stack overflows where the record is nested too deep.
        }
        if (value == null) {
            throw new PoisonException(new IllegalArgumentException("the record has no value"));
        }
        return new Work<>(partition(), source.offset(), Instant.ofEpochMilli(source.timestamp()), key, value);
    }

    @Override
    public List<RecordMetadata> commit(List<ProducerRecord<byte[], byte[]>> records) {
        return await(new CommitRequest<>(this, List.copyOf(records), true, new CompletableFuture<>()));
    }

    @Override
    public List<RecordMetadata> commitOutcome(List<ProducerRecord<byte[], byte[]>> records) {
        return await(new CommitRequest<>(this, List.copyOf(records), false, new CompletableFuture<>()));
    }

    private List<RecordMetadata> await(CommitRequest<K, V> request) {
        if (!admits(request.isIntent())) {
            throw new WorkAbandonedException("the work on " + place() + " was taken back");
        }
        mailbox.accept(request);
        try {
            List<RecordMetadata> places = request.answer().get();
            // The answer may have crossed a cancellation: what is no longer wanted must not start an effect.
            if (!admits(request.isIntent())) {
                throw new WorkAbandonedException("the work on " + place() + " was taken back during a commit");
            }
            return places;
        } catch (InterruptedException e) {
            request.answer().cancel(false);
            Thread.currentThread().interrupt();
            throw new WorkAbandonedException("the work on " + place() + " was interrupted during a commit", e);
        } catch (CancellationException | ExecutionException e) {
            throw new WorkAbandonedException("a commit for " + place() + " failed or its outcome is unknown", e);
        }
    }

    @Override
    public boolean isWanted() {
        return standing == Standing.WANTED;
    }

    private synchronized boolean begin() {
        if (standing != Standing.WANTED) {
            return false;
        }
        thread = Thread.currentThread();
        startedNanos = System.nanoTime();
        isRunning = true;
        return true;
    }

    /** After this no interrupt can reach the thread, which goes on to other work. */
    private synchronized void ended() {
        isRunning = false;
        Thread.interrupted();
        notifyAll();
    }

    // On the poll thread.

    boolean admits(boolean intent) {
        return standing == Standing.WANTED || (standing == Standing.UNWANTED && !intent);
    }

    boolean isDropped() {
        return standing == Standing.DROPPED;
    }

    /** Work that has not begun will not begin; work that has may finish what it does. */
    synchronized void unwant() {
        if (startedNanos == 0) {
            standing = Standing.DROPPED;
        } else if (standing == Standing.WANTED) {
            standing = Standing.UNWANTED;
        }
    }

    /** Nothing of it counts any more. */
    synchronized void drop() {
        standing = Standing.DROPPED;
    }

    /** Nothing of it counts any more, and its thread is interrupted. */
    synchronized void cancel() {
        standing = Standing.DROPPED;
        if (isRunning) {
            thread.interrupt();
        }
    }

    synchronized boolean isRunning() {
        return isRunning;
    }

    /** Waits for the end of the work, bounded; false when it goes on. */
    synchronized boolean awaitEnd(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (isRunning) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    boolean isOver(Duration limit) {
        long started = startedNanos;
        return started != 0 && System.nanoTime() - started > limit.toNanos();
    }

    /** Null until it is decoded. */
    Work<K, V> work() {
        return work;
    }

    ConsumerRecord<byte[], byte[]> source() {
        return source;
    }

    TopicPartition partition() {
        return new TopicPartition(source.topic(), source.partition());
    }

    String place() {
        return partition() + " at offset " + source.offset();
    }

    /** The record could not be decoded. */
    static final class PoisonException extends Exception {
        private static final long serialVersionUID = 1L;

        PoisonException(Throwable cause) {
            super(cause);
        }
    }
}
