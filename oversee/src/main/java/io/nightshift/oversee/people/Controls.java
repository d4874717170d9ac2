package io.nightshift.oversee.people;

import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Signs what a person decided and writes it to {@code controls} or {@code halt}; returns once Kafka has it. */
public final class Controls implements AutoCloseable {

    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(15);
    private static final String HALT_KEY = "halt";

    private final Topics topics;
    private final SigningKey key;
    private final Path haltFile;
    private final Clock clock;
    private final KafkaProducer<String, byte[]> producer;

    /** @param haltFile the out-of-band switch: while it exists nothing acts, whatever Kafka says */
    public Controls(KafkaAccess kafka, Topics topics, SigningKey key, Path haltFile, Clock clock) {
        this.topics = topics;
        this.key = key;
        this.haltFile = haltFile;
        this.clock = clock;
        Map<String, Object> properties = kafka.producer();
        properties.put("delivery.timeout.ms", (int) ACKNOWLEDGED_WITHIN.toMillis());
        properties.put("request.timeout.ms", 5_000);
        properties.put("max.block.ms", ACKNOWLEDGED_WITHIN.toMillis());
        this.producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Writes a control record.
     *
     * @param what kind, subject and so on
     * @return the record as it was signed and written
     * @throws KafkaException when Kafka did not acknowledge it in time: it must not be taken as given
     */
    public ControlRecord write(Decision what) {
        Instant now = clock.instant();
        ControlRecord record = ControlSignature.sign(
                ControlRecord.newBuilder()
                        .setId(UUID.randomUUID().toString())
                        .setKind(what.kind())
                        .setSubject(what.subject())
                        .setPlanHash(what.planHash())
                        .setActor(what.actor())
                        .setPerson(true)
                        .setAt(now)
                        .setExpiresAt(what.validFor() == null ? null : now.plus(what.validFor()))
                        .setReason(what.reason())
                        .setArguments(what.arguments())
                        .setChannel(what.channel())
                        .build(),
                key);
        send(topics.controls(), record.getSubject(), record);
        return record;
    }

    /**
     * Halts, freezes or resumes. A halt writes the halt file first, so that it counts even when Kafka is down; a resume removes
     * it last, so that it counts only once Kafka has it.
     */
    public HaltRecord write(HaltMode mode, String actor, String reason, String channel) {
        HaltRecord record = ControlSignature.sign(
                HaltRecord.newBuilder()
                        .setMode(mode)
                        .setActor(actor)
                        .setAt(clock.instant())
                        .setReason(reason)
                        .setChannel(channel)
                        .build(),
                key);
        try {
            if (mode != HaltMode.RESUME) {
                Files.createDirectories(haltFile.toAbsolutePath().getParent());
                Files.writeString(haltFile, mode + " by " + actor + " at " + record.getAt() + ": " + reason + "\n");
            }
            send(topics.halt(), HALT_KEY, record);
            if (mode == HaltMode.RESUME) {
                Files.deleteIfExists(haltFile);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the halt file " + haltFile + " can't be changed", e);
        }
        return record;
    }

    /** Whether the out-of-band switch is set. */
    public boolean haltFileSet() {
        return Files.exists(haltFile);
    }

    private <V> void send(Topic<String, V> topic, String recordKey, V value) {
        byte[] bytes = topic.value().serializer().serialize(topic.name(), value);
        try {
            producer.send(new ProducerRecord<>(topic.name(), recordKey, bytes))
                    .get(ACKNOWLEDGED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException(
                    topic.name() + " did not take the record in " + ACKNOWLEDGED_WITHIN.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing to " + topic.name(), e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }

    /**
     * What a person decided.
     *
     * @param kind kind of decision
     * @param subject what it is about: an action id, incident id, target or service
     * @param planHash plan that an approval is bound to, or null
     * @param actor who decided
     * @param reason why, may be empty
     * @param validFor how long it counts; null for as long as it is not revoked
     * @param arguments further arguments
     * @param channel cli or console
     */
    public record Decision(
            ControlKind kind,
            String subject,
            String planHash,
            String actor,
            String reason,
            Duration validFor,
            Map<String, String> arguments,
            String channel) {}
}
