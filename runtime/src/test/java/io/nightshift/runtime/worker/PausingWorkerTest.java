package io.nightshift.runtime.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.runtime.KafkaRig;
import io.nightshift.runtime.StageHealth;
import io.nightshift.runtime.stream.DeadLetters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker against a real broker, with two partitions. */
class PausingWorkerTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static EmbeddedBroker broker;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    private Path folder;

    private KafkaRig rig;
    private final List<PausingWorker<?, ?>> workers = new ArrayList<>();

    /** Called for each record; what it returns is the result's text. */
    private interface Job {
        String on(Work<String, String> work, WorkContext context) throws Exception;
    }

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.ephemeral();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void topics() {
        rig = new KafkaRig(broker, "t" + NUMBER.incrementAndGet() + "-", 2, folder);
    }

    @AfterEach
    void closeWorkers() {
        workers.forEach(PausingWorker::close);
    }

    @Test
    void eachRecordIsFinishedOnceAndInTheOrderOfItsPartition() {
        rig.write(0, numbered("a", 10));
        rig.write(1, numbered("b", 10));

        start(worker("one").build(handler((work, context) -> work.value())));

        await().atMost(SOON).until(() -> rig.results().size() >= 20);
        assertThat(rig.results()).filteredOn(text -> text.startsWith("a")).containsExactly(numbered("a", 10));
        assertThat(rig.results()).filteredOn(text -> text.startsWith("b")).containsExactly(numbered("b", 10));
    }

    @Test
    void partitionsAreWorkedOnAtTheSameTimeButRecordsOfOneAreNot() throws Exception {
        rig.write(0, "a0", "a1");
        rig.write(1, "b0");
        CountDownLatch bothPartitions = new CountDownLatch(2);
        ConcurrentLinkedQueue<String> begun = new ConcurrentLinkedQueue<>();
        CountDownLatch go = new CountDownLatch(1);

        start(worker("one").build(handler((work, context) -> {
            begun.add(work.value());
            bothPartitions.countDown();
            go.await();
            return work.value();
        })));

        assertThat(bothPartitions.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(begun).containsExactlyInAnyOrder("a0", "b0");
        go.countDown();
        await().atMost(SOON).until(() -> rig.results().size() == 3);
    }

    @Test
    void workThatWasCutOffIsDoneAgainAfterARestartAndNothingIsDoneTwice() throws Exception {
        rig.write(0, numbered("a", 5));
        CountDownLatch reachedThird = new CountDownLatch(1);
        PausingWorker<String, String> first = start(worker("one").build(handler((work, context) -> {
            if (work.value().equals("a2")) {
                reachedThird.countDown();
                new CountDownLatch(1).await();
            }
            return work.value();
        })));
        assertThat(reachedThird.await(30, TimeUnit.SECONDS)).isTrue();
        first.close();
        assertThat(first.health().state()).isEqualTo(StageHealth.State.STOPPED);
        assertThat(rig.results()).containsExactly("a0", "a1");

        start(worker("one").build(handler((work, context) -> work.value())));

        await().atMost(SOON).until(() -> rig.results().size() >= 5);
        assertThat(rig.results()).containsExactly(numbered("a", 5));
    }

    @Test
    void intentIsCommittedBeforeTheEffectAndItsOffsetIsKnown() throws Exception {
        rig.write(0, "a0");
        ConcurrentLinkedQueue<List<String>> committedAtEffect = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Long> tokens = new ConcurrentLinkedQueue<>();

        start(worker("one").effectful().build(handler((work, context) -> {
            tokens.add(context.commit(List.of(out("STARTED"))).get(0).offset());
            committedAtEffect.add(rig.results());
            return "DONE";
        })));

        await().atMost(SOON).until(() -> rig.results().contains("DONE"));
        assertThat(committedAtEffect).containsExactly(List.of("STARTED"));
        assertThat(tokens).containsExactly(0L);
    }

    @Test
    void aFencedCommitOfIntentStopsTheEffectAndTheRecordIsDoneByTheNextSession() throws Exception {
        rig.write(0, "a0");
        AtomicInteger attempts = new AtomicInteger();
        AtomicInteger effects = new AtomicInteger();
        AtomicInteger abandoned = new AtomicInteger();

        start(worker("one").effectful().build(handler((work, context) -> {
            if (attempts.incrementAndGet() == 1) {
                fence("one");
            }
            try {
                context.commit(List.of(out("STARTED")));
            } catch (WorkAbandonedException e) {
                abandoned.incrementAndGet();
                throw e;
            }
            effects.incrementAndGet();
            return "DONE";
        })));

        await().atMost(SOON).until(() -> rig.results().contains("DONE"));
        assertThat(abandoned).hasValue(1);
        assertThat(effects).hasValue(1);
        assertThat(rig.results()).containsExactly("STARTED", "DONE");
    }

    @Test
    void revocationCancelsDiscardableWorkAndTheNextOwnerDoesIt() throws Exception {
        rig.write(0, "a0");
        rig.write(1, "b0");
        CountDownLatch bothBegun = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        start(worker("one").build(handler((work, context) -> {
            bothBegun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return "one:" + work.value();
        })));
        assertThat(bothBegun.await(30, TimeUnit.SECONDS)).isTrue();

        start(worker("two").build(handler((work, context) -> "two:" + work.value())));

        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        go.countDown();
        await().atMost(SOON).until(() -> rig.results().size() >= 2);
        assertThat(rig.results())
                .hasSize(2)
                .anyMatch(text -> text.startsWith("one:"))
                .anyMatch(text -> text.startsWith("two:"));
    }

    @Test
    void revocationWaitsForEffectfulWorkAndCommitsItsOutcome() throws Exception {
        rig.write(0, "a0");
        rig.write(1, "b0");
        CountDownLatch bothBegun = new CountDownLatch(2);
        CountDownLatch wanted = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        start(worker("one").effectful().build(handler((work, context) -> {
            bothBegun.countDown();
            while (!go.await(10, TimeUnit.MILLISECONDS)) {
                if (!context.isWanted()) {
                    wanted.countDown();
                }
            }
            if (!context.isWanted()) {
                context.commitOutcome(List.of(out("outcome:" + work.value())));
            }
            return "one:" + work.value();
        })));
        assertThat(bothBegun.await(30, TimeUnit.SECONDS)).isTrue();

        AtomicInteger doneByTwo = new AtomicInteger();
        start(worker("two").effectful().build(handler((work, context) -> {
            doneByTwo.incrementAndGet();
            return "two:" + work.value();
        })));
        assertThat(wanted.await(30, TimeUnit.SECONDS))
                .as("work learns of the revocation")
                .isTrue();
        assertThat(doneByTwo).hasValue(0);
        go.countDown();

        await().atMost(SOON).until(() -> workers.get(1).health().isRunning());
        await().atMost(SOON).until(() -> rig.results().size() >= 3);
        assertThat(rig.results()).contains("one:a0", "one:b0").anyMatch(text -> text.startsWith("outcome:"));
        assertThat(doneByTwo).hasValue(0);
    }

    @Test
    void workBeyondItsHardTimeoutIsInterruptedAndItsResultIsTheTimeout() {
        rig.write(0, "slow", "a1");

        start(worker("one").hardTimeout(Duration.ofMillis(300)).build(handler((work, context) -> {
            if (work.value().equals("slow")) {
                new CountDownLatch(1).await();
            }
            return work.value();
        })));

        await().atMost(SOON).until(() -> rig.results().size() >= 2);
        assertThat(rig.results()).containsExactly("timeout:slow", "a1");
    }

    @Test
    void effectfulWorkMayEndItsCallAfterTheTimeoutButNoIntentIsTaken() {
        rig.write(0, "slow");
        ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();

        start(worker("one").effectful().hardTimeout(Duration.ofMillis(300)).build(handler((work, context) -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                try {
                    context.commit(List.of(out("STARTED too late")));
                } catch (WorkAbandonedException late) {
                    refused.add(late.getMessage());
                }
            }
            return "late";
        })));

        await().atMost(SOON).until(() -> !rig.results().isEmpty());
        assertThat(rig.results()).containsExactly("timeout:slow");
        assertThat(refused).hasSize(1);
    }

    @Test
    void poisonGoesToTheDeadLettersWithItsBytesAndTheNextRecordIsWorkedOn() {
        rig.write(1, KafkaRig.POISON, "b1");

        start(worker("one").build(handler((work, context) -> work.value())));

        await().atMost(SOON).until(() -> !rig.results().isEmpty());
        assertThat(rig.results()).containsExactly("b1");
        List<ConsumerRecord<byte[], byte[]>> dead = rig.deadLetters();
        assertThat(dead).hasSize(1);
        assertThat(dead.get(0).value()).isEqualTo(KafkaRig.POISON.getBytes(UTF_8));
        assertThat(header(dead.get(0), DeadLetters.SOURCE_PARTITION)).isEqualTo("1");
        assertThat(header(dead.get(0), DeadLetters.SOURCE_OFFSET)).isEqualTo("0");
        assertThat(header(dead.get(0), DeadLetters.REASON)).contains("this record is poison");
    }

    @Test
    void aFailureBecomesTheHandlersOwnResult() {
        rig.write(0, "a0");

        start(worker("one").build(handler((work, context) -> {
            throw new IllegalStateException("no luck");
        })));

        await().atMost(SOON).until(() -> !rig.results().isEmpty());
        assertThat(rig.results()).containsExactly("failed:a0");
    }

    @Test
    void aResultOverTheBrokersLimitIsReplacedByTheHandlersFailure() {
        rig.write(0, "a0", "a1");

        start(worker("one")
                .build(handler((work, context) -> work.value().equals("a0") ? "x".repeat(3 << 20) : work.value())));

        await().atMost(SOON).until(() -> rig.results().size() >= 2);
        assertThat(rig.results()).containsExactly("failed:a0", "a1");
    }

    private WorkerBuilder<String, String> worker(String instance) {
        return PausingWorker.builder(rig.context, "worker", rig.input)
                .instance(instance)
                .threads(2)
                .hardTimeout(Duration.ofSeconds(40));
    }

    private PausingWorker<String, String> start(PausingWorker<String, String> worker) {
        workers.add(worker);
        worker.start();
        return worker;
    }

    private WorkHandler<String, String> handler(Job job) {
        return new WorkHandler<>() {
            @Override
            public List<ProducerRecord<byte[], byte[]>> work(Work<String, String> work, WorkContext context)
                    throws Exception {
                return List.of(out(job.on(work, context)));
            }

            @Override
            public List<ProducerRecord<byte[], byte[]>> onTimeout(Work<String, String> work) {
                return List.of(out("timeout:" + work.value()));
            }

            @Override
            public List<ProducerRecord<byte[], byte[]>> onFailure(Work<String, String> work, Throwable fault) {
                return List.of(out("failed:" + work.value()));
            }
        };
    }

    private ProducerRecord<byte[], byte[]> out(String text) {
        return Outgoing.to(rig.output, null, text);
    }

    /** What another process with the same transactional id does when it starts. */
    private void fence(String instance) {
        Map<String, Object> properties = rig.context.kafka().producer();
        properties.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, rig.context.kafka().prefix() + "worker-" + instance);
        try (KafkaProducer<byte[], byte[]> other =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            other.initTransactions();
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> found, String name) {
        return new String(found.headers().lastHeader(name).value(), UTF_8);
    }

    private static String[] numbered(String letter, int count) {
        return IntStream.range(0, count).mapToObj(i -> letter + i).toArray(String[]::new);
    }
}
