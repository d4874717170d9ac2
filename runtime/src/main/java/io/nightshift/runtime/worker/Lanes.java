package io.nightshift.runtime.worker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The assigned partitions and what is in work of each. Poll thread only. */
final class Lanes<K, V> {

    private final Map<TopicPartition, Lane<K, V>> lanes = new LinkedHashMap<>();

    void open(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> lanes.put(partition, new Lane<>()));
    }

    void close(Collection<TopicPartition> partitions) {
        partitions.forEach(lanes::remove);
    }

    void add(TopicPartition partition, ConsumerRecord<byte[], byte[]> polled) {
        lanes.computeIfAbsent(partition, unknown -> new Lane<>()).add(polled);
    }

    /** The lane that this task is in, if it still is in one, has none in work any more. */
    void release(Task<K, V> task) {
        Lane<K, V> lane = lanes.get(task.partition());
        if (lane != null && lane.task() == task) {
            lane.end();
        }
    }

    Set<Map.Entry<TopicPartition, Lane<K, V>>> all() {
        return lanes.entrySet();
    }

    List<TopicPartition> partitions() {
        return List.copyOf(lanes.keySet());
    }

    /** What is in work of these partitions. */
    List<Task<K, V>> tasks(Collection<TopicPartition> partitions) {
        List<Task<K, V>> tasks = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            Lane<K, V> lane = lanes.get(partition);
            if (lane != null && lane.task() != null) {
                tasks.add(lane.task());
            }
        }
        return tasks;
    }
}
