package io.nightshift.ingest.publish;

import io.nightshift.ingest.domain.Normalised;
import io.nightshift.ingest.domain.Parcel;
import io.nightshift.ingest.domain.Reason;
import io.nightshift.ingest.domain.Reception;
import io.nightshift.ingest.domain.Refused;
import io.nightshift.runtime.stream.DeadLetters;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.registry.RegistryException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Turns what a request became into Kafka records, sends them, and keeps the accounts when they are acknowledged. */
public final class Mailroom {
    private final Publisher publisher;
    private final Topic<byte[], byte[]> deadLetters;
    private final KafkaTime kafkaTime;
    private final Accounts accounts;

    public Mailroom(Publisher publisher, Topic<byte[], byte[]> deadLetters, KafkaTime kafkaTime, Accounts accounts) {
        this.publisher = publisher;
        this.deadLetters = deadLetters;
        this.kafkaTime = kafkaTime;
        this.accounts = accounts;
    }

    /**
     * The future completes when everything is in Kafka, or with {@link Refused}.
     *
     * @throws Refused when too much is in flight or the registry does not answer
     */
    public <B> CompletableFuture<Receipt> post(
            String signal, Topic<String, B> topic, Normalised<B> normalised, Reception reception) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Parcel<B> parcel : normalised.parcels()) {
            long timestamp = kafkaTime.clamp(parcel.newestMicros(), reception.atMicros());
            records.add(new ProducerRecord<>(
                    topic.name(), null, timestamp, utf8(parcel.key()), serialised(topic, parcel.value())));
        }
        for (Parcel<B> parcel : normalised.quarantined()) {
            records.add(deadLetter(topic, parcel, reception));
        }
        return publisher.publish(records).thenApply(done -> {
            accounts.settle(signal, reception.source(), normalised);
            return receipt(normalised);
        });
    }

    private <B> ProducerRecord<byte[], byte[]> deadLetter(
            Topic<String, B> topic, Parcel<B> parcel, Reception reception) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(DeadLetters.SOURCE_TOPIC, utf8(topic.name()));
        headers.add(DeadLetters.SOURCE_TIMESTAMP, utf8(Long.toString(parcel.newestMicros() / 1000)));
        headers.add(DeadLetters.SOURCE_KEY, utf8(parcel.key()));
        headers.add(DeadLetters.REASON, utf8(Reason.FAR_FUTURE.label()));
        headers.add(DeadLetters.STAGE, utf8("ingest"));
        return new ProducerRecord<>(
                deadLetters.name(),
                null,
                reception.atMicros() / 1000,
                utf8(topic.name()),
                serialised(topic, parcel.value()),
                headers);
    }

    private static <B> byte[] serialised(Topic<String, B> topic, B value) {
        byte[] bytes;
        try {
            bytes = topic.value().serializer().serialize(topic.name(), value);
        } catch (RegistryException e) {
            throw Refused.unavailable("the schema registry does not answer: " + e.getMessage(), e);
        }
        if (bytes.length > topic.recordLimitBytes()) {
            throw new IllegalStateException("a record of " + bytes.length + " bytes for " + topic
                    + " passes its limit; the splitter's bound is wrong");
        }
        return bytes;
    }

    private static Receipt receipt(Normalised<?> normalised) {
        int quarantined = Accounts.items(normalised.quarantined());
        String reasons = normalised.drops().inWords();
        if (quarantined > 0) {
            String ahead = quarantined + " × " + Reason.FAR_FUTURE.sentence();
            reasons = reasons.isEmpty() ? ahead : ahead + "; " + reasons;
        }
        return new Receipt(
                Accounts.items(normalised.parcels()),
                quarantined + normalised.drops().reported(),
                reasons);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
