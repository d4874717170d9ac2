package io.nightshift.bench.pipeline;

import io.nightshift.events.MetricBatch;
import io.nightshift.events.Tick;
import io.nightshift.schemas.Topics;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes a fleet's telemetry and the ticks that go with it, as ingest would. */
final class Feed implements AutoCloseable {

    private final Topics topics;
    private final KafkaProducer<String, byte[]> producer;

    Feed(Lab lab) {
        this.topics = lab.topics();
        Map<String, Object> properties = lab.access("feed").producer();
        properties.put("compression.type", "lz4");
        properties.put("linger.ms", 20);
        properties.put("batch.size", 256 * 1024);
        properties.put("buffer.memory", 128L << 20);
        this.producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /** One interval of the whole fleet: the instances' batches spread over it, with a tick each second. */
    void interval(Fleet fleet, long fromMicros, long everyMicros) {
        long seconds = TimeUnit.MICROSECONDS.toSeconds(everyMicros);
        int next = 0;
        for (long second = 0; second < seconds; second++) {
            long at = fromMicros + TimeUnit.SECONDS.toMicros(second);
            int until = (int) (fleet.instances() * (second + 1) / seconds);
            for (; next < until; next++) {
                send(Fleet.key(next), fleet.batch(next, at, everyMicros), at);
            }
            tick(at);
        }
    }

    void send(String key, MetricBatch batch, long atMicros) {
        byte[] value =
                topics.metrics().value().serializer().serialize(topics.metrics().name(), batch);
        producer.send(new ProducerRecord<>(topics.metrics().name(), null, atMicros / 1_000, key, value));
    }

    /** A tick in every partition, at this time. */
    void tick(long atMicros) {
        for (int partition = 0; partition < topics.settings().telemetryPartitions(); partition++) {
            Tick tick = Tick.newBuilder()
                    .setPartition(partition)
                    .setAtMicros(atMicros)
                    .setWatermarkMicros(atMicros)
                    .setWriter("bench")
                    .build();
            byte[] value =
                    topics.ticks().value().serializer().serialize(topics.ticks().name(), tick);
            producer.send(new ProducerRecord<>(
                    topics.ticks().name(), partition, atMicros / 1_000, String.valueOf(partition), value));
        }
    }

    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
