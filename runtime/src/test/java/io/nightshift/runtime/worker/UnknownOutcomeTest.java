package io.nightshift.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.runtime.KafkaRig;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit whose answer got lost: it may have happened, and here it has. */
class UnknownOutcomeTest {

    @TempDir
    private Path folder;

    private final ConcurrentLinkedQueue<String> story = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isLost = new AtomicBoolean();

    @Test
    void nothingActsUntilTheJournalWasReadAgain() {
        try (EmbeddedBroker broker = EmbeddedBroker.ephemeral()) {
            KafkaRig rig = new KafkaRig(broker, "unknown-", 1, folder);
            rig.write(0, "a0");
            WorkerBuilder<String, String> builder = PausingWorker.builder(rig.context, "worker", rig.input)
                    .effectful()
                    .hardTimeout(Duration.ofSeconds(20));
            WorkerSettings settings = builder.settings();
            Wiring<String, String> wiring = builder.wiring(settings, new Executor(rig));
            Wiring<String, String> lossy = new Wiring<>(
                    wiring.topic(),
                    wiring.deadLetterTopic(),
                    wiring.handler(),
                    wiring.consumer(),
                    () -> losingFirstAnswer(wiring.producer().get()),
                    wiring.pool());
            try (PausingWorker<String, String> worker = new PausingWorker<>(settings, lossy, rig.context.meters())) {
                worker.start();
                await().atMost(Duration.ofSeconds(30)).until(() -> rig.results().contains("DONE"));
            }
            assertThat(story).containsExactly("assigned", "intent", "abandoned", "assigned", "intent", "effect");
            assertThat(rig.results()).containsExactly("STARTED", "STARTED", "DONE");
        }
    }

    @SuppressWarnings("unchecked")
    private Producer<byte[], byte[]> losingFirstAnswer(Producer<byte[], byte[]> real) {
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Producer.class}, (self, method, arguments) -> {
                    try {
                        Object answer = method.invoke(real, arguments);
                        if (method.getName().equals("commitTransaction") && isLost.compareAndSet(false, true)) {
                            throw new TimeoutException("the answer to the commit was lost");
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private final class Executor implements WorkHandler<String, String> {
        private final KafkaRig rig;

        Executor(KafkaRig rig) {
            this.rig = rig;
        }

        @Override
        public void onAssigned(Collection<TopicPartition> partitions) {
            story.add("assigned");
        }

        @Override
        public List<ProducerRecord<byte[], byte[]>> work(Work<String, String> work, WorkContext context) {
            story.add("intent");
            try {
                context.commit(List.of(Outgoing.to(rig.output, null, "STARTED")));
            } catch (WorkAbandonedException e) {
                story.add("abandoned");
                throw e;
            }
            story.add("effect");
            return List.of(Outgoing.to(rig.output, null, "DONE"));
        }

        @Override
        public List<ProducerRecord<byte[], byte[]>> onTimeout(Work<String, String> work) {
            return List.of();
        }

        @Override
        public List<ProducerRecord<byte[], byte[]>> onFailure(Work<String, String> work, Throwable fault) {
            return List.of();
        }
    }
}
