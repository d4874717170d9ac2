package io.nightshift.runtime.kafka;

import org.apache.kafka.common.KafkaException;

/** Kafka can't be reached, refuses us, or lacks what we need. The message names the thing and the remedy. */
public final class KafkaUnavailableException extends KafkaException {

    private static final long serialVersionUID = 1L;

    KafkaUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    static KafkaUnavailableException at(String bootstrapServers, Throwable cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new KafkaUnavailableException(
                "Kafka at " + bootstrapServers + " did not answer as it should (" + why
                        + "); check that it runs, that kafka.bootstrapServers names it, and that kafka.properties holds its"
                        + " security settings",
                cause);
    }
}
