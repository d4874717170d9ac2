package io.nightshift.runtime.worker;

import io.nightshift.schemas.Topic;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** What a session is wired to; the suppliers make new clients for each session. */
record Wiring<K, V>(
        Topic<K, V> topic,
        String deadLetterTopic,
        WorkHandler<K, V> handler,
        Supplier<Consumer<byte[], byte[]>> consumer,
        Supplier<Producer<byte[], byte[]>> producer,
        Supplier<ExecutorService> pool) {}
