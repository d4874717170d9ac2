package io.nightshift.remediate.worker;

import io.nightshift.events.ControlRecord;
import io.nightshift.remediate.domain.NoteBook;
import io.nightshift.remediate.domain.PolicyChanges;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Whether a verdict was given under the policy that is in force, asked before each effect: the controls topic read to its present
 * end. What was allowed under a policy that people have replaced since must not be done. What can't be read means stop, for as
 * long as it can't.
 */
public final class PolicyWatch implements AutoCloseable, PresentEnd.Listener<ControlRecord> {

    private final PresentEnd<ControlRecord> topic;
    private final PolicyChanges changes;
    private final Map<String, PolicyChanges.Heard> answers = new HashMap<>();
    private NoteBook notes = new Notes();

    /** Watches with consumers of its own. */
    public static PolicyWatch on(KafkaAccess kafka, Topics topics, PolicyChanges changes) {
        Map<String, Object> settings = PresentEnd.settings(kafka.client());
        return new PolicyWatch(
                topics.controls(),
                () -> new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                changes);
    }

    /** @param consumers makes a consumer with the settings of {@link PresentEnd} */
    PolicyWatch(
            Topic<String, ControlRecord> topic, Supplier<Consumer<byte[], byte[]>> consumers, PolicyChanges changes) {
        this.topic = new PresentEnd<>(topic, consumers, this);
        this.changes = changes;
    }

    /** Connects ahead of time, with more patience than a check has. A failure shows at the check. */
    synchronized void warmUp() {
        topic.read(HaltSwitch.FIRST_LIMIT);
    }

    /** Whether what was allowed under this version may still be done. */
    synchronized Look look(String version) {
        Optional<String> fault = topic.read(HaltSwitch.LIMIT);
        if (fault.isPresent()) {
            return Look.unreadable(fault.get());
        }
        return changes.version(notes).equals(version)
                ? Look.FREE
                : Look.stop("the policy has changed since it was allowed");
    }

    /**
     * Reads what there is, with patience.
     *
     * @return why it could not be read; empty when it was
     */
    public synchronized Optional<String> read() {
        return topic.read(HaltSwitch.FIRST_LIMIT);
    }

    /** The version in force as of the last reading. */
    public synchronized String version() {
        return changes.version(notes);
    }

    /** The text in force as of the last reading; empty while it is the configured policy's. */
    public synchronized Optional<String> text() {
        return changes.text(notes);
    }

    /** The proposal that waits for a second person as of the last reading. */
    public synchronized Optional<PolicyChanges.Open> open() {
        return changes.open(notes);
    }

    /** What became of a control record; empty when it was not read or is not about policy. */
    public synchronized Optional<PolicyChanges.Heard> answer(String controlId) {
        return Optional.ofNullable(answers.get(controlId));
    }

    @Override
    public void begin() {
        notes = new Notes();
        answers.clear();
    }

    /** What nobody can decode is nobody's word, here as at admission. */
    @Override
    public void hear(ControlRecord record, Instant at) {
        if (record != null) {
            PolicyChanges.Heard heard = changes.hear(record, at, notes);
            if (heard.counts() || heard.isRefused()) {
                answers.putIfAbsent(record.getId(), heard); // a copy of a record changes nothing about it
            }
        }
    }

    @Override
    public synchronized void close() {
        topic.close();
    }

    private static final class Notes implements NoteBook {

        private final Map<String, String> notes = new HashMap<>();

        @Override
        public Optional<String> note(String key) {
            return Optional.ofNullable(notes.get(key));
        }

        @Override
        public void note(String key, String value) {
            notes.put(key, value);
        }

        @Override
        public void forgetNote(String key) {
            notes.remove(key);
        }
    }
}
