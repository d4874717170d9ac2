package io.nightshift.deploy.platform;

import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.Topics;

/** What the stages stand on: a Kafka and a schema registry, embedded or somewhere else. */
public interface Platform extends AutoCloseable {

    KafkaAccess kafka();

    Topics topics();

    /** Base URL of the Confluent registry API. */
    String registryUrl();

    /** Returns when both answer; an error with a message for people when they don't in time. */
    void awaitReady();

    /** One line that tells people what they stand on. */
    String description();

    @Override
    void close();
}
