package io.nightshift.embedded.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The few client calls that the broker's tests share. */
final class Clients {
    static final String TOPIC = "facts";
    static final int PARTITIONS = 2;

    private Clients() {}

    static void createTopic(Map<String, String> settings) throws Exception {
        try (Admin admin = Admin.create(new HashMap<String, Object>(settings))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    static KafkaProducer<String, String> transactionalProducer(Map<String, String> settings, String id) {
        Map<String, Object> config = new HashMap<>(settings);
        config.put("transactional.id", id);
        config.put("max.block.ms", "20000");
        KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    /** One record for each partition in one transaction. */
    static void sendToAllPartitions(KafkaProducer<String, String> producer, String value, boolean commit) {
        producer.beginTransaction();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            producer.send(new ProducerRecord<>(TOPIC, partition, "k", value + "@" + partition));
        }
        producer.flush();
        if (commit) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    /** All values up to the present end of the topic, as a reader at this isolation level sees them. */
    static List<String> readToEnd(Map<String, String> settings, String isolation) {
        Map<String, Object> config = new HashMap<>(settings);
        config.put("isolation.level", isolation);
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(TOPIC, partition))
                .toList();
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        values.sort(null);
        return values;
    }
}
