package io.nightshift.runtime.kafka;

/** Kafka can't be reached, or its topics are not as declared. The message names what was found and the remedy. */
public final class KafkaFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KafkaFault(String message) {
        super(message);
    }

    KafkaFault(String message, Throwable cause) {
        super(message, cause);
    }

    static KafkaFault unreachable(KafkaAccess kafka, Throwable cause) {
        return new KafkaFault(
                "Kafka can't be reached at " + kafka.bootstrapServers() + " (" + cause.getMessage()
                        + "): check that the brokers run, the address, and the security settings",
                cause);
    }
}
