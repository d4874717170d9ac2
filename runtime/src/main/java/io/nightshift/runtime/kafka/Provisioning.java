package io.nightshift.runtime.kafka;

import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the topics of an installation. */
public final class Provisioning {

    private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);

    private Provisioning() {}

    /**
     * Creates what is missing and leaves what is there; run again it does nothing.
     *
     * @return names of the topics that it created
     * @throws KafkaFault when Kafka can't be reached within ten seconds, or refuses a topic
     */
    public static List<String> create(KafkaAccess kafka, Topics topics) {
        try (Admin admin = Admins.open(kafka)) {
            List<NewTopic> wanted = topics.all().stream()
                    .map(topic -> asNewTopic(topic, topics.settings().replicationFactor()))
                    .toList();
            Map<String, KafkaFuture<Void>> answers = admin.createTopics(wanted).values();
            List<String> created = new ArrayList<>();
            for (NewTopic topic : wanted) {
                if (isNew(kafka, topic, answers.get(topic.name()))) {
                    created.add(topic.name());
                }
            }
            LOG.info("Topics: {} created, {} were there", created.size(), wanted.size() - created.size());
            return created;
        }
    }

    private static NewTopic asNewTopic(Topic<?, ?> topic, short replicas) {
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.of(replicas))
                .configs(topic.config());
    }

    private static boolean isNew(KafkaAccess kafka, NewTopic topic, KafkaFuture<Void> answer) {
        try {
            Admins.await(kafka, answer);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw new KafkaFault(
                    "topic " + topic.name() + " can't be created ("
                            + e.getCause().getMessage()
                            + "): check the replication factor against the number of brokers, and the permission to create",
                    e.getCause());
        }
    }
}
