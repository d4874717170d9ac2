package io.nightshift.runtime.kafka;

import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Checks before the start that Kafka answers and that the topics are as the catalogue says. */
public final class TopicCheck {

    private TopicCheck() {}

    /**
     * The id of the cluster.
     *
     * @throws KafkaUnavailableException when it can't be reached within ten seconds
     */
    public static String clusterId(String bootstrapServers, Map<String, String> security) {
        try (Admin admin = KafkaAdmin.open(bootstrapServers, security)) {
            return KafkaAdmin.get(bootstrapServers, admin.describeCluster().clusterId());
        }
    }

    /**
     * Checks every topic of the catalogue.
     *
     * @throws KafkaUnavailableException naming each topic that is missing or has another number of partitions
     */
    public static void check(KafkaAccess kafka, Topics topics) {
        try (Admin admin = KafkaAdmin.open(kafka.bootstrapServers(), kafka.security())) {
            check(admin, kafka, topics);
        }
    }

    static void check(Admin admin, KafkaAccess kafka, Topics topics) {
        Map<String, KafkaFuture<TopicDescription>> found = admin.describeTopics(
                        topics.all().stream().map(Topic::name).toList())
                .topicNameValues();
        List<String> faults = new ArrayList<>();
        for (Topic<?, ?> topic : topics.all()) {
            int partitions = partitions(kafka, found.get(topic.name()));
            if (partitions == 0) {
                faults.add("topic " + topic.name() + " is missing");
            } else if (partitions != topic.partitions()) {
                faults.add("topic " + topic.name() + " has " + partitions + " partitions, but the configuration says "
                        + topic.partitions());
            }
        }
        if (!faults.isEmpty()) {
            throw new KafkaUnavailableException(
                    String.join("; ", faults) + ". Create what is missing with ./nightshift topics create, and set the"
                            + " section topics: to the counts that exist",
                    null);
        }
    }

    /** The number of partitions, or 0 when the topic does not exist. */
    private static int partitions(KafkaAccess kafka, KafkaFuture<TopicDescription> answer) {
        try {
            return answer.get(KafkaAdmin.LIMIT.toMillis(), TimeUnit.MILLISECONDS).partitions().size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return 0;
            }
            throw KafkaUnavailableException.at(kafka.bootstrapServers(), e.getCause());
        } catch (TimeoutException e) {
            throw KafkaUnavailableException.at(kafka.bootstrapServers(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KafkaUnavailableException.at(kafka.bootstrapServers(), e);
        }
    }
}
