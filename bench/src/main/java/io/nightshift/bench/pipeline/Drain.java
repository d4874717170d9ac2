package io.nightshift.bench.pipeline;

import com.sun.management.OperatingSystemMXBean;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageHealth;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Runs a stage over what its topic holds, until all of it is committed.
 *
 * @param seconds from the first committed offset to the last
 * @param cpuSeconds of this process meanwhile, the broker in it included
 */
record Drain(double seconds, double cpuSeconds) {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(20);

    static Drain of(Lab lab, String run, Stage stage, String topic) {
        Map<TopicPartition, Long> ends = ends(lab.admin(), topic);
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        stage.start();
        long first = await(lab.admin(), run, stage, ends, 1);
        long cpu = process.getProcessCpuTime();
        long last = await(lab.admin(), run, stage, ends, Long.MAX_VALUE);
        return new Drain((last - first) / 1e9, (process.getProcessCpuTime() - cpu) / 1e9);
    }

    /** Starts a stage again and returns the seconds until it has committed all that is new. */
    static double ofRest(Lab lab, String run, Stage stage, String topic) {
        Map<TopicPartition, Long> ends = ends(lab.admin(), topic);
        long started = System.nanoTime();
        stage.start();
        return (await(lab.admin(), run, stage, ends, Long.MAX_VALUE) - started) / 1e9;
    }

    /** Ends of a topic's partitions. */
    static Map<TopicPartition, Long> ends(Admin admin, String topic) {
        try {
            int partitions = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size();
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            IntStream.range(0, partitions).forEach(p -> asked.put(new TopicPartition(topic, p), OffsetSpec.latest()));
            Map<TopicPartition, Long> ends = new HashMap<>();
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
                    admin.listOffsets(asked).all().get().entrySet()) {
                ends.put(end.getKey(), end.getValue().offset());
            }
            return ends;
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the embedded broker does not answer", e);
        }
    }

    /** Waits until so many records are committed, or all; returns when, in nanoseconds. */
    private static long await(Admin admin, String run, Stage stage, Map<TopicPartition, Long> ends, long enough) {
        long total = ends.values().stream().mapToLong(Long::longValue).sum();
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (committed(admin, run + "-detect", ends) < Math.min(total, enough)) {
            if (stage.health().state() == StageHealth.State.FAILED) {
                throw new IllegalStateException("the stage stopped: " + stage.health());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the stage did not get through its topic in 20 minutes");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return System.nanoTime();
    }

    /** Offsets that a group has committed in these partitions, added up. */
    static long committed(Admin admin, String group, Map<TopicPartition, Long> ends) {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return ends.keySet().stream()
                    .mapToLong(p -> offsets.get(p) == null ? 0 : offsets.get(p).offset())
                    .sum();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the embedded broker does not answer", e);
        }
    }
}
