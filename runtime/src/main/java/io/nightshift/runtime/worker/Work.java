package io.nightshift.runtime.worker;

import java.time.Instant;
import org.apache.kafka.common.TopicPartition;

/**
 * A record to be worked on.
 *
 * @param source topic and partition that it came from
 * @param offset its offset there
 * @param timestamp its Kafka timestamp
 * @param key its decoded key; null when it had none
 * @param value its decoded value, never null
 */
public record Work<K, V>(TopicPartition source, long offset, Instant timestamp, K key, V value) {}
