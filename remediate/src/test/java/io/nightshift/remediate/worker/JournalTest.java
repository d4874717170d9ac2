package io.nightshift.remediate.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nightshift.events.Execution;
import io.nightshift.events.JournalEntry;
import io.nightshift.events.JournalPhase;
import io.nightshift.runtime.fault.Faults;
import io.nightshift.runtime.worker.Outgoing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class JournalTest {

    private static final Duration DAY = Duration.ofDays(1);

    private ExecutorHouse house;
    private Night night;
    private Execution execution;

    @TempDir
    Path folder;

    @BeforeEach
    void open() throws Exception {
        house = new ExecutorHouse(folder, true);
        night = house.night;
        execution = house.restart(plan -> plan);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private Journal journal(Duration limit) {
        return new Journal(
                night.topics.journal(),
                new Journal.Readers(consumers("read_committed"), consumers("read_uncommitted")),
                DAY,
                limit);
    }

    private Supplier<Consumer<byte[], byte[]>> consumers(String isolation) {
        Map<String, Object> properties = new HashMap<>(night.kafka.client());
        properties.put("isolation.level", isolation);
        return () -> new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> openTransaction() {
        KafkaProducer<byte[], byte[]> producer = night.transactional("open-" + UUID.randomUUID());
        producer.initTransactions();
        producer.beginTransaction();
        producer.send(
                Outgoing.to(night.topics.journal(), 0, "target", ExecutorHouse.started(execution, Instant.now())));
        producer.flush();
        return producer;
    }

    @Test
    void anIntentWhoseTransactionIsStillOpenIsWaitedFor() throws Exception {
        try (KafkaProducer<byte[], byte[]> open = openTransaction()) {
            Journal journal = journal(Duration.ofSeconds(60));
            CompletableFuture<Void> read =
                    CompletableFuture.runAsync(() -> journal.readBack(List.of(0), Instant.now()));
            await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(3)).until(() -> !read.isDone());
            open.commitTransaction();
            read.get(60, TimeUnit.SECONDS);
            assertThat(journal.of(execution.getActionId(), 0, false))
                    .singleElement()
                    .satisfies(placed -> assertThat(placed.entry().getPhase()).isEqualTo(JournalPhase.STARTED));
        }
    }

    @Test
    void aTransactionThatStaysOpenForTooLongIsAPassingFault() {
        try (KafkaProducer<byte[], byte[]> open = openTransaction()) {
            assertThatThrownBy(() -> journal(Duration.ofSeconds(1)).readBack(List.of(0), Instant.now()))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("a transaction is open there at offset 0")
                    .satisfies(fault -> assertThat(Faults.isTransient(fault)).isTrue());
            open.abortTransaction();
        }
    }

    @Test
    void entriesFromBeforeTheLookBackAreNotReadAndLaterOnesAre() {
        night.send(night.topics.journal(), 0, "target", ExecutorHouse.started(execution, Instant.now()));
        Journal journal = journal(Duration.ofSeconds(60));
        journal.readBack(List.of(0, 1), Instant.now().plus(DAY).plusSeconds(60));
        assertThat(journal.size()).isZero();
        journal.readBack(List.of(0, 1), Instant.now());
        assertThat(journal.size()).isEqualTo(1);
    }

    @Test
    void whatEndedLongAgoIsForgottenAndWhatIsInDoubtIsNot() {
        Instant now = Instant.now();
        Journal journal = journal(Duration.ofSeconds(60));
        for (int i = 0; i < 100; i++) {
            journal.add(entry("done-" + i, JournalPhase.STARTED, now.minus(DAY).minusSeconds(10)), 2L * i);
            journal.add(
                    entry("done-" + i, JournalPhase.SUCCEEDED, now.minus(DAY).minusSeconds(9)), 2L * i + 1);
        }
        journal.add(entry("doubt", JournalPhase.STARTED, now.minus(DAY).minusSeconds(10)), 200);
        journal.add(entry("recent", JournalPhase.SUCCEEDED, now.minusSeconds(10)), 201);
        journal.forget(now);
        assertThat(journal.size()).isEqualTo(2);
        assertThat(journal.of("doubt", 0, false)).hasSize(1);
        assertThat(journal.of("recent", 0, false)).hasSize(1);
    }

    private JournalEntry entry(String actionId, JournalPhase phase, Instant at) {
        return JournalEntry.newBuilder(ExecutorHouse.started(execution, at))
                .setActionId(actionId)
                .setPhase(phase)
                .setAt(at)
                .build();
    }
}
