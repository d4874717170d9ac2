package io.nightshift.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.runtime.KafkaRig;
import io.nightshift.runtime.StageHealth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An {@link Error} says that the process is not well: the worker stops, says so, and leaves its group. */
class WorkerErrorTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static EmbeddedBroker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.ephemeral();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void anErrorOnThePollThreadIsToldAndStopsTheClient() throws Exception {
        KafkaRig rig = new KafkaRig(broker, "poll-", 1, folder);
        assertStops(rig, new Broken(rig) {
            @Override
            public void onAssigned(Collection<TopicPartition> partitions) {
                throw new NoClassDefFoundError("a class that is gone");
            }
        });
        assertThat(rig.results()).isEmpty();
    }

    @Test
    void anErrorInTheWorkIsToldAndLeavesTheRecordUnfinished() throws Exception {
        KafkaRig rig = new KafkaRig(broker, "work-", 1, folder);
        assertStops(rig, new Broken(rig) {
            @Override
            public List<ProducerRecord<byte[], byte[]>> work(Work<String, String> work, WorkContext context) {
                throw new NoClassDefFoundError("a class that is gone");
            }
        });
        assertThat(rig.results()).isEmpty();
    }

    private static void assertStops(KafkaRig rig, Broken handler) throws Exception {
        rig.write(0, "a0");
        try (PausingWorker<String, String> worker =
                PausingWorker.builder(rig.context, "worker", rig.input).build(handler)) {
            worker.start();
            await().atMost(SOON).until(() -> worker.health().state() == StageHealth.State.FAILED);
            assertThat(worker.health().detail()).contains("a class that is gone");
            await().atMost(SOON).until(() -> members(rig) == 0);
            await().atMost(SOON).until(() -> handler.stops.get() == 1);
        }
    }

    private static int members(KafkaRig rig) throws Exception {
        String group = rig.context.kafka().prefix() + "worker";
        try (Admin admin = Admin.create(rig.context.kafka().client())) {
            return admin.describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get(10, TimeUnit.SECONDS)
                    .members()
                    .size();
        }
    }

    private static class Broken implements WorkHandler<String, String> {
        final AtomicInteger stops = new AtomicInteger();
        private final KafkaRig rig;

        Broken(KafkaRig rig) {
            this.rig = rig;
        }

        @Override
        public List<ProducerRecord<byte[], byte[]>> work(Work<String, String> work, WorkContext context) {
            return List.of(Outgoing.to(rig.output, null, "DONE"));
        }

        @Override
        public List<ProducerRecord<byte[], byte[]>> onTimeout(Work<String, String> work) {
            return List.of();
        }

        @Override
        public List<ProducerRecord<byte[], byte[]>> onFailure(Work<String, String> work, Throwable fault) {
            return List.of(Outgoing.to(rig.output, null, "FAILED"));
        }

        @Override
        public void onStopped() {
            stops.incrementAndGet();
        }
    }
}
