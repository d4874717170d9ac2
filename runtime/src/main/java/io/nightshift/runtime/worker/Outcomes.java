package io.nightshift.runtime.worker;

import io.nightshift.runtime.fault.Faults;
import io.nightshift.runtime.stream.DeadLetters;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits what work asks for and what becomes of it: results, failures, dead letters, timeouts. Poll thread only. */
record Outcomes<K, V>(
        WorkerSettings settings,
        Wiring<K, V> wiring,
        WorkerMetrics metrics,
        Lanes<K, V> lanes,
        Transactions transactions,
        Supplier<ConsumerGroupMetadata> group) {

    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);

    void perform(Task.Message<K, V> message) throws Transactions.StaleGenerationException {
        if (message instanceof Task.CommitRequest<K, V> request) {
            commit(request);
        } else {
            finish((Task.Ended<K, V>) message);
        }
    }

    private void commit(Task.CommitRequest<K, V> request) throws Transactions.StaleGenerationException {
        Task<K, V> task = request.task();
        if (!task.admits(request.isIntent())) {
            request.answer().cancel(false);
        }
        if (request.answer().isDone()) {
            return;
        }
        try {
            request.answer()
                    .complete(transactions.commit(
                            request.records(), task.partition(), task.source().offset(), group.get()));
        } catch (Transactions.RefusedRecordException | KafkaException e) {
            request.answer().completeExceptionally(e);
            if (e instanceof KafkaException fault) {
                throw fault;
            }
        }
    }

    private void finish(Task.Ended<K, V> ended) throws Transactions.StaleGenerationException {
        Task<K, V> task = ended.task();
        Throwable fault = ended.fault();
        if (fault instanceof Error error) {
            throw error; // Whatever it was about, this process is not well: nothing more is begun here.
        }
        if (task.isDropped()) {
            metrics.ended("abandoned");
        } else if (fault instanceof WorkAbandonedException && !task.isWanted()) {
            metrics.ended("abandoned");
            lanes.release(task);
        } else if (fault != null && task.work() == null) {
            bury(task, fault instanceof Task.PoisonException ? fault.getCause() : fault);
        } else if (fault != null) {
            LOG.warn("{}: work on {} failed", settings.name(), task.place(), fault);
            complete(task, onFailure(task, fault), "failed");
        } else {
            complete(task, ended.result(), "finished");
        }
    }

    private void bury(Task<K, V> task, Throwable fault) throws Transactions.StaleGenerationException {
        if (Faults.isTransient(fault)) {
            throw new KafkaException("a record could not be judged", fault);
        }
        String reason = DeadLetters.reason(fault);
        LOG.warn("{}: dead letter from {}: {}", settings.name(), task.place(), reason);
        complete(
                task,
                List.of(DeadLetters.of(wiring.deadLetterTopic(), task.source(), reason, settings.name())),
                "dead-letter");
    }

    /** Commits the result together with the offset after the record. */
    private void complete(Task<K, V> task, List<ProducerRecord<byte[], byte[]>> result, String end)
            throws Transactions.StaleGenerationException {
        try {
            commitAdvanced(task, result);
        } catch (Transactions.RefusedRecordException e) {
            LOG.warn("{}: the result for {} was refused", settings.name(), task.place(), e);
            try {
                commitAdvanced(task, onFailure(task, e));
            } catch (Transactions.RefusedRecordException again) {
                throw new IllegalStateException("no result for " + task.place() + " can be sent", again);
            }
        }
        metrics.ended(end);
        lanes.release(task);
    }

    private void commitAdvanced(Task<K, V> task, List<ProducerRecord<byte[], byte[]>> result)
            throws Transactions.StaleGenerationException, Transactions.RefusedRecordException {
        transactions.commit(result, task.partition(), task.source().offset() + 1, group.get());
    }

    private List<ProducerRecord<byte[], byte[]>> onFailure(Task<K, V> task, Throwable fault) {
        try {
            return wiring.handler().onFailure(task.work(), fault);
        } catch (Exception e) {
            throw new IllegalStateException("work on " + task.place() + " failed: " + DeadLetters.reason(e), e);
        }
    }

    /** Commits the result of work that ran out of time. */
    void timeOut(Task<K, V> task) {
        try {
            Work<K, V> work = task.work();
            if (work == null) {
                bury(task, new IllegalStateException("decoding did not end within " + settings.hardTimeout()));
            } else {
                complete(task, wiring.handler().onTimeout(work), "timeout");
            }
        } catch (Transactions.StaleGenerationException e) {
            LOG.debug("{}: a timeout's result waits for the rebalance", settings.name());
        }
    }
}
