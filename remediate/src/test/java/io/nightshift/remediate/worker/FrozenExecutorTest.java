package io.nightshift.remediate.worker;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.events.Execution;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.worker.Outgoing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An executor freezes between handing its offsets to a transaction and the end of that, loses its partition, goes on and acts:
 * its intent is committed after the other one was assigned. The dumb target would take both effects.
 */
@Timeout(120)
class FrozenExecutorTest {

    @TempDir
    Path folder;

    @Test
    void anIntentThatIsCommittedAfterTheAssignmentIsKnownBeforeAnythingIsDone() throws Exception {
        try (ExecutorHouse house = new ExecutorHouse(folder, false);
                KafkaProducer<byte[], byte[]> frozen = house.night.transactional("frozen-" + UUID.randomUUID())) {
            Execution execution = house.restart(plan -> plan);
            house.send(execution);
            hold(frozen, house.night, execution);

            Stage second = house.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> isStable(house.night));
            await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> !second.health()
                    .isRunning());
            frozen.commitTransaction();
            house.shop.replaced("inventory-1");

            house.awaitLast(SUCCEEDED);
            assertThat(house.night.statuses()).containsExactly(IN_DOUBT, SUCCEEDED);
            assertThat(house.shop.ledger()).singleElement().satisfies(line -> assertThat(line)
                    .startsWith("restart inventory-2"));
        }
    }

    private static void hold(KafkaProducer<byte[], byte[]> frozen, Night night, Execution execution) {
        frozen.initTransactions();
        frozen.beginTransaction();
        frozen.send(Outgoing.to(
                night.topics.journal(),
                0,
                execution.getPlan().getTarget(),
                ExecutorHouse.started(execution, Instant.now().plusSeconds(10))));
        frozen.sendOffsetsToTransaction(
                Map.of(new TopicPartition(night.topics.executions().name(), 0), new OffsetAndMetadata(0)),
                new ConsumerGroupMetadata(group(night)));
    }

    private static boolean isStable(Night night) throws Exception {
        try (Admin admin = Admin.create(night.kafka.client())) {
            return admin.describeConsumerGroups(List.of(group(night)))
                            .describedGroups()
                            .get(group(night))
                            .get(10, TimeUnit.SECONDS)
                            .groupState()
                    == GroupState.STABLE;
        }
    }

    private static String group(Night night) {
        return night.kafka.prefix() + "remediate-executor";
    }
}
