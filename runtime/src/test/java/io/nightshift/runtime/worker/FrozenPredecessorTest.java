package io.nightshift.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.runtime.KafkaRig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owner before us stood still between handing its offsets to a transaction and that transaction's end. */
class FrozenPredecessorTest {

    @TempDir
    private Path folder;

    @Test
    void thePastIsReadOnlyOnceThePredecessorsTransactionIsDecided() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.ephemeral()) {
            KafkaRig rig = new KafkaRig(broker, "frozen-", 1, folder);
            rig.write(0, "a0");
            AtomicBoolean assigned = new AtomicBoolean();
            try (KafkaProducer<byte[], byte[]> predecessor = predecessor(rig);
                    PausingWorker<String, String> worker = PausingWorker.builder(rig.context, "worker", rig.input)
                            .build(noting(assigned))) {
                worker.start();
                await().atMost(Duration.ofSeconds(30)).until(() -> isStable(rig));
                await().during(Duration.ofSeconds(2))
                        .atMost(Duration.ofSeconds(3))
                        .until(() -> !assigned.get());
                predecessor.commitTransaction();
                await().atMost(Duration.ofSeconds(30)).untilTrue(assigned);
            }
            assertThat(rig.results()).containsExactly("STARTED");
        }
    }

    private static KafkaProducer<byte[], byte[]> predecessor(KafkaRig rig) {
        Map<String, Object> properties = rig.context.kafka().producer();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "predecessor");
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(Outgoing.to(rig.output, null, "STARTED"));
        producer.sendOffsetsToTransaction(
                Map.of(new TopicPartition(rig.input.name(), 0), new OffsetAndMetadata(0)),
                new ConsumerGroupMetadata(group(rig)));
        return producer;
    }

    private static boolean isStable(KafkaRig rig) throws Exception {
        try (Admin admin = Admin.create(rig.context.kafka().client())) {
            return admin.describeConsumerGroups(List.of(group(rig)))
                            .describedGroups()
                            .get(group(rig))
                            .get(10, TimeUnit.SECONDS)
                            .groupState()
                    == GroupState.STABLE;
        }
    }

    private static String group(KafkaRig rig) {
        return rig.context.kafka().prefix() + "worker";
    }

    private static WorkHandler<String, String> noting(AtomicBoolean assigned) {
        return new WorkHandler<>() {
            @Override
            public void onAssigned(Collection<TopicPartition> partitions) {
                assigned.set(true);
            }

            @Override
            public List<ProducerRecord<byte[], byte[]>> work(Work<String, String> work, WorkContext context) {
                return List.of();
            }

            @Override
            public List<ProducerRecord<byte[], byte[]>> onTimeout(Work<String, String> work) {
                return List.of();
            }

            @Override
            public List<ProducerRecord<byte[], byte[]>> onFailure(Work<String, String> work, Throwable fault) {
                return List.of();
            }
        };
    }
}
