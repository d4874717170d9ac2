package io.nightshift.schemas;

/**
 * What an installation chooses about its topics.
 *
 * @param prefix stands before every topic name, consumer group and transactional id; may be empty
 * @param telemetryPartitions partitions of {@code telemetry.*}, {@code ticks} and {@code rollups}
 * @param decisionPartitions partitions of anomalies, topology, incidents, investigations, actions, lessons, dead letters
 * @param workPartitions partitions of investigation requests, executions, journal and notifications
 * @param replicationFactor replicas of each partition: 1 for the embedded broker, 3 in production
 */
public record TopicSettings(
        String prefix, int telemetryPartitions, int decisionPartitions, int workPartitions, short replicationFactor) {

    public TopicSettings withPrefix(String newPrefix) {
        return new TopicSettings(newPrefix, telemetryPartitions, decisionPartitions, workPartitions, replicationFactor);
    }

    /** What the embedded broker gets: the same topics as production, with fewer partitions and one replica. */
    public static TopicSettings embedded() {
        return new TopicSettings("", 4, 2, 4, (short) 1);
    }

    /** Defaults for a cluster of three brokers or more. */
    public static TopicSettings production() {
        return new TopicSettings("", 24, 6, 24, (short) 3);
    }
}
