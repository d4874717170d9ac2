package io.nightshift.bench.chaos;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Proposal;
import io.nightshift.oversee.tail.RecordTail;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Plays detect and investigate for every case of a trial: tells of the fault, says that it is gone once the repair is done,
 * and investigates anew where a refusal was one for now.
 */
final class Rehearsal implements AutoCloseable {

    /** Also what a person is asked: nobody answers here, and until somebody does nothing is done. */
    private static final Set<ActionStatus> OVER = EnumSet.of(
            ActionStatus.AWAITING_APPROVAL,
            ActionStatus.RECOVERED,
            ActionStatus.HELD,
            ActionStatus.RECURRED,
            ActionStatus.ESCALATED,
            ActionStatus.ROLLED_BACK);

    private static final Duration AGAIN_AFTER = Duration.ofSeconds(4);
    private static final int ATTEMPTS = 4;

    /** Where a case stands. */
    private static final class Progress {
        private final Case of;
        private ActionStatus status = ActionStatus.UNKNOWN;
        private int version = 1;
        private int attempt;
        private Instant told;
        private boolean cleared;

        private Progress(Case of) {
            this.of = of;
        }
    }

    private final Topics topics;
    private final Oracle oracle;
    private final Estate estate;
    private final Map<String, Progress> cases = new HashMap<>();
    private final KafkaProducer<byte[], byte[]> producer;
    private final RecordTail tail;
    private volatile IllegalStateException lost;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    Rehearsal(KafkaAccess kafka, Topics topics, Oracle oracle, Estate estate) {
        this.topics = topics;
        this.oracle = oracle;
        this.estate = estate;
        Map<String, Object> properties = kafka.producer();
        properties.put("request.timeout.ms", 5_000);
        properties.put("delivery.timeout.ms", 15_000);
        this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.tail = new RecordTail(
                "rehearsal", kafka, List.of(topics.actions()), Instant.EPOCH, event -> accept((ActionEvent) event));
        tail.start();
        clock.scheduleWithFixedDelay(this::again, 1, 1, TimeUnit.SECONDS);
    }

    /** A fault begins. */
    synchronized void open(Case fault) {
        Progress progress = new Progress(fault);
        cases.put(fault.incidentId(), progress);
        Instant now = Instant.now();
        send(topics.incidents(), fault.incidentId(), fault.incident(1, now, null));
        investigate(progress, now);
    }

    /** A proposal that nobody should follow. */
    synchronized void propose(Case fault, Proposal proposal) {
        Instant now = Instant.now();
        send(topics.incidents(), fault.incidentId(), fault.incident(1, now, null));
        send(topics.investigations(), fault.incidentId(), fault.investigation(0, now, proposal));
    }

    private void investigate(Progress progress, Instant now) {
        progress.told = now;
        send(
                topics.investigations(),
                progress.of.incidentId(),
                progress.of.investigation(
                        progress.attempt++, now, progress.of.proposal().build()));
    }

    private synchronized void accept(ActionEvent event) {
        Progress progress = cases.get(event.getIncidentId());
        if (progress == null) {
            return;
        }
        progress.status = event.getStatus();
        if (event.getStatus() == ActionStatus.SUCCEEDED && !progress.cleared) {
            progress.cleared = true;
            Instant now = Instant.now();
            send(topics.incidents(), event.getIncidentId(), progress.of.incident(++progress.version, now, now));
        }
        notifyAll();
    }

    /** What was refused only for now is investigated anew once nothing is under way on its service. */
    private synchronized void again() {
        Instant now = Instant.now();
        for (Progress progress : cases.values()) {
            if (progress.status == ActionStatus.DENIED
                    && progress.told.plus(AGAIN_AFTER).isBefore(now)
                    && othersAreOver(progress)) {
                estate.instancesOf(progress.of.service()).forEach(oracle::sicken);
                investigate(progress, now);
            }
        }
    }

    private boolean othersAreOver(Progress one) {
        return cases.values().stream()
                .filter(other -> other != one && other.of.service().equals(one.of.service()))
                .allMatch(other -> OVER.contains(other.status) || other.status == ActionStatus.DENIED);
    }

    /** Waits until every case has an end; false when that took longer. */
    synchronized boolean awaitOver(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!open().isEmpty() && System.nanoTime() < end) {
            wait(500);
        }
        return open().isEmpty();
    }

    synchronized boolean isOver() {
        return open().isEmpty();
    }

    /** Whether nothing is under way: every case has an end, or was refused for now. */
    synchronized boolean isStill() {
        return cases.values().stream()
                .allMatch(progress -> OVER.contains(progress.status) || progress.status == ActionStatus.DENIED);
    }

    /** How many cases stand at each status. */
    synchronized Map<ActionStatus, Long> statuses() {
        Map<ActionStatus, Long> counts = new java.util.EnumMap<>(ActionStatus.class);
        cases.values().forEach(progress -> counts.merge(progress.status, 1L, Long::sum));
        return counts;
    }

    private List<String> open() {
        if (lost != null) {
            throw lost;
        }
        List<String> open = new ArrayList<>();
        cases.forEach((id, progress) -> {
            if (!OVER.contains(progress.status)) {
                open.add(id);
            }
        });
        return open;
    }

    <V> void send(Topic<String, V> topic, String key, V value) {
        var record = new ProducerRecord<>(
                topic.name(),
                topic.key().serializer().serialize(topic.name(), key),
                topic.value().serializer().serialize(topic.name(), value));
        write(record, 1);
    }

    /** A request that got no answer, as now and then one of the first to new topics, is sent anew; more than that fails aloud. */
    private void write(ProducerRecord<byte[], byte[]> record, int attempt) {
        producer.send(record, (written, fault) -> {
            if (fault instanceof RetriableException && attempt < ATTEMPTS) {
                write(record, attempt + 1);
            } else if (fault != null) {
                lost = new IllegalStateException(
                        "the rehearsal could not write to " + record.topic() + ": " + fault, fault);
            }
        });
    }

    @Override
    public void close() {
        clock.shutdownNow();
        tail.close();
        producer.close(Duration.ofSeconds(5));
    }
}
