package io.nightshift.runtime.kafka;

import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Verifies, before any stage starts, that the topics exist with the declared number of partitions. With another number
 * keys would sit elsewhere than joins and stores expect, silently.
 */
public final class TopicCheck {

    private TopicCheck() {}

    /**
     * @throws KafkaFault naming every topic that is missing or has another number of partitions, or the bootstrap servers
     *     when Kafka can't be reached within ten seconds
     */
    public static void verify(KafkaAccess kafka, Topics topics) {
        verify(kafka, topics.all());
    }

    static void verify(KafkaAccess kafka, List<Topic<?, ?>> topics) {
        List<String> problems = new ArrayList<>();
        try (Admin admin = Admins.open(kafka)) {
            Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                            topics.stream().map(Topic::name).toList())
                    .topicNameValues();
            for (Topic<?, ?> topic : topics) {
                String problem = problem(kafka, topic, answers.get(topic.name()));
                if (!problem.isEmpty()) {
                    problems.add(problem);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new KafkaFault("Kafka at " + kafka.bootstrapServers() + " does not have the topics as declared:\n  "
                    + String.join("\n  ", problems));
        }
    }

    private static String problem(KafkaAccess kafka, Topic<?, ?> topic, KafkaFuture<TopicDescription> answer) {
        try {
            int found = Admins.await(kafka, answer).partitions().size();
            return found == topic.partitions()
                    ? ""
                    : "topic " + topic.name() + " has " + found + " partitions, " + topic.partitions()
                            + " are expected; set the partition counts in the configuration to what is there, or create"
                            + " the topic anew";
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return "topic " + topic.name() + " is missing, " + topic.partitions()
                        + " partitions are expected; run 'nightshift topics create', or create it by hand";
            }
            throw new KafkaFault(
                    "topic " + topic.name() + " can't be looked at ("
                            + e.getCause().getMessage() + "): check the permission to describe it",
                    e.getCause());
        }
    }
}
