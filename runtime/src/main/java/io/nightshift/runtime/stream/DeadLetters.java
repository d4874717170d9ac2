package io.nightshift.runtime.stream;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The form of a dead letter: the key is the name of the source topic, the value is the record's bytes as they came, the
 * original headers are kept, and headers of our own tell from where and why.
 */
public final class DeadLetters {

    public static final String SOURCE_TOPIC = "nightshift.source.topic";
    public static final String SOURCE_PARTITION = "nightshift.source.partition";
    public static final String SOURCE_OFFSET = "nightshift.source.offset";
    /** Kafka timestamp of the source record in milliseconds since the epoch. */
    public static final String SOURCE_TIMESTAMP = "nightshift.source.timestamp";
    /** Bytes of the source record's key; absent when it had none. */
    public static final String SOURCE_KEY = "nightshift.source.key";

    public static final String REASON = "nightshift.reason";
    public static final String STAGE = "nightshift.stage";

    private static final int MAX_REASON_CHARS = 1000;

    private DeadLetters() {}

    /**
     * The dead letter of a raw record. It has no timestamp of its own, so that it gets the producer's: the source's may be
     * the very thing that the broker refuses.
     */
    public static ProducerRecord<byte[], byte[]> of(
            String deadLetterTopic, ConsumerRecord<byte[], byte[]> source, String reason, String stage) {
        Headers headers = headers(source.headers(), source.key(), source.timestamp(), reason, stage);
        place(headers, source.topic(), source.partition(), source.offset());
        return new ProducerRecord<>(deadLetterTopic, null, null, utf8(source.topic()), source.value(), headers);
    }

    /**
     * The dead letter of a record that a topology itself refuses: a null key, too late, misplaced, invalid.
     *
     * @param metadata where the record came from, as {@code ProcessorContext.recordMetadata()} tells
     * @param source the refused record; its key and timestamp go into headers
     * @param keyBytes bytes of the source's key, or null
     * @param valueBytes bytes of the source's value as it came, or encoded again, or null
     * @param nowMs timestamp of the dead letter, from {@code ProcessorContext.currentSystemTimeMs()}
     */
    public static Record<byte[], byte[]> of(
            Optional<RecordMetadata> metadata,
            Record<?, ?> source,
            byte[] keyBytes,
            byte[] valueBytes,
            long nowMs,
            String reason,
            String stage) {
        Headers headers = headers(source.headers(), keyBytes, source.timestamp(), reason, stage);
        metadata.ifPresent(place -> place(headers, place.topic(), place.partition(), place.offset()));
        byte[] key = utf8(metadata.map(RecordMetadata::topic).orElse(stage));
        return new Record<>(key, valueBytes, nowMs, headers);
    }

    /** A reason from an exception: the messages down to the cause, bounded. */
    public static String reason(Throwable fault) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = fault; cause != null && text.length() < MAX_REASON_CHARS; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            if (text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : ": ").append(message);
            }
        }
        return text.toString();
    }

    private static Headers headers(Headers original, byte[] key, long timestampMs, String reason, String stage) {
        Headers headers = new RecordHeaders(original.toArray());
        set(headers, SOURCE_TIMESTAMP, String.valueOf(timestampMs));
        set(headers, REASON, reason.substring(0, Math.min(reason.length(), MAX_REASON_CHARS)));
        set(headers, STAGE, stage);
        headers.remove(SOURCE_KEY);
        if (key != null) {
            headers.add(SOURCE_KEY, key);
        }
        return headers;
    }

    private static void place(Headers headers, String topic, int partition, long offset) {
        set(headers, SOURCE_TOPIC, topic);
        set(headers, SOURCE_PARTITION, String.valueOf(partition));
        set(headers, SOURCE_OFFSET, String.valueOf(offset));
    }

    /** A record that died before may die again: the last place and reason stand, once. */
    private static void set(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, utf8(value));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
