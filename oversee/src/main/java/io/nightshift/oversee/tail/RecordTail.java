package io.nightshift.oversee.tail;

import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageHealth;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads topics as they grow and hands each record to a listener, always on one thread. It only looks: it joins no group and
 * commits nothing, so any number may run. What can't be read is counted and passed over.
 */
public final class RecordTail implements Stage {

    private static final Logger LOG = LoggerFactory.getLogger(RecordTail.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(2);

    private final String name;
    private final KafkaAccess kafka;
    private final Map<String, Topic<?, ?>> topics = new HashMap<>();
    private final Instant from;
    private final Consumer<Object> listener;
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final AtomicLong unreadable = new AtomicLong();
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile StageHealth health = StageHealth.of(StageHealth.State.STARTING);
    private volatile KafkaConsumer<byte[], byte[]> consumer;

    /**
     * @param name name of the stage
     * @param from records before this time are passed over; {@link Instant#EPOCH} for all that is kept
     * @param listener gets each record's value, which is one of the types of the topics
     */
    public RecordTail(
            String name,
            KafkaAccess kafka,
            List<? extends Topic<?, ?>> topics,
            Instant from,
            Consumer<Object> listener) {
        this.name = name;
        this.kafka = kafka;
        this.from = from;
        this.listener = listener;
        topics.forEach(topic -> this.topics.put(topic.name(), topic));
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public StageHealth health() {
        return health;
    }

    /** Waits until all that stood in the topics at the start was read; false when that took longer than {@code limit}. */
    public boolean awaitCaughtUp(Duration limit) throws InterruptedException {
        return caughtUp.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Records that could not be read so far. */
    public long unreadable() {
        return unreadable.get();
    }

    private void run() {
        while (stopping.getCount() > 0) {
            try (KafkaConsumer<byte[], byte[]> opened = open()) {
                consumer = opened;
                follow(opened);
            } catch (WakeupException e) {
                break; // only close() wakes it
            } catch (RuntimeException e) {
                LOG.warn("{} lost its connection and tries again: {}", name, e.toString());
                health = new StageHealth(StageHealth.State.DEGRADED, e.toString());
                pause();
            }
        }
        health = StageHealth.of(StageHealth.State.STOPPED);
    }

    private KafkaConsumer<byte[], byte[]> open() {
        Map<String, Object> properties = kafka.consumer(name);
        properties.remove("group.id");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void follow(KafkaConsumer<byte[], byte[]> opened) {
        List<TopicPartition> partitions = new ArrayList<>();
        topics.keySet().forEach(topic -> opened.partitionsFor(topic)
                .forEach(info -> partitions.add(new TopicPartition(info.topic(), info.partition()))));
        opened.assign(partitions);
        seek(opened, partitions);
        Map<TopicPartition, Long> ends = opened.endOffsets(partitions);
        health = StageHealth.of(StageHealth.State.RUNNING);
        while (stopping.getCount() > 0) {
            for (ConsumerRecord<byte[], byte[]> record : opened.poll(POLL)) {
                hand(record);
            }
            partitions.forEach(partition -> positions.put(partition, opened.position(partition)));
            if (caughtUp.getCount() > 0 && partitions.stream().allMatch(p -> positions.get(p) >= ends.get(p))) {
                caughtUp.countDown();
            }
        }
    }

    private void seek(KafkaConsumer<byte[], byte[]> opened, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> times = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Long position = positions.get(partition);
            if (position != null) {
                opened.seek(partition, position);
            } else if (from.equals(Instant.EPOCH)) {
                opened.seekToBeginning(List.of(partition));
            } else {
                times.put(partition, from.toEpochMilli());
            }
        }
        Map<TopicPartition, OffsetAndTimestamp> found = opened.offsetsForTimes(times);
        for (TopicPartition partition : times.keySet()) {
            OffsetAndTimestamp at = found.get(partition);
            if (at == null) {
                opened.seekToEnd(List.of(partition));
            } else {
                opened.seek(partition, at.offset());
            }
        }
    }

    private void hand(ConsumerRecord<byte[], byte[]> record) {
        Object value;
        try {
            value = topics.get(record.topic()).value().deserializer().deserialize(record.topic(), record.value());
        } catch (SerializationException e) {
            unreadable.incrementAndGet();
            LOG.warn(
                    "{} passes over {}-{}@{}: {}",
                    name,
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.toString());
            return;
        }
        if (value != null) {
            listener.accept(value);
        }
    }

    private void pause() {
        try {
            boolean closing = stopping.await(AFTER_A_FAULT.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("{} {}", name, closing ? "stops" : "tries again");
        } catch (InterruptedException e) {
            stopping.countDown();
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
