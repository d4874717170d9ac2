package io.nightshift.runtime.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One assigned partition: the records that were polled and wait, and the one in work. Poll thread only. */
final class Lane<K, V> {

    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private Task<K, V> task;

    void add(ConsumerRecord<byte[], byte[]> polled) {
        waiting.add(polled);
    }

    boolean isReady() {
        return task == null && !waiting.isEmpty();
    }

    boolean isIdle() {
        return task == null && waiting.isEmpty();
    }

    ConsumerRecord<byte[], byte[]> next() {
        return waiting.remove();
    }

    void begin(Task<K, V> begun) {
        task = begun;
    }

    void end() {
        task = null;
    }

    /** The record in work, or null. */
    Task<K, V> task() {
        return task;
    }
}
