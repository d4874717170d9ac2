package io.nightshift.runtime.kafka;

import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Creates the topics of the catalogue that do not exist yet; those that exist are left as they are. */
public final class Provisioning {

    private Provisioning() {}

    /**
     * Creates what is missing and then checks all.
     *
     * @return names of the topics that were created
     * @throws KafkaUnavailableException naming the problem and the remedy
     */
    public static List<String> provision(KafkaAccess kafka, Topics topics) {
        try (Admin admin = KafkaAdmin.open(kafka.bootstrapServers(), kafka.security())) {
            Set<String> existing = KafkaAdmin.get(kafka.bootstrapServers(), admin.listTopics().names());
            List<NewTopic> missing = new ArrayList<>();
            for (Topic<?, ?> topic : topics.all()) {
                if (!existing.contains(topic.name())) {
                    missing.add(newTopic(topic, topics.settings().replicationFactor()));
                }
            }
            if (!missing.isEmpty()) {
                KafkaAdmin.get(kafka.bootstrapServers(), admin.createTopics(missing).all());
            }
            TopicCheck.check(admin, kafka, topics);
            return missing.stream().map(NewTopic::name).toList();
        }
    }

    private static NewTopic newTopic(Topic<?, ?> topic, short replicationFactor) {
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.of(replicationFactor))
                .configs(topic.config());
    }
}
