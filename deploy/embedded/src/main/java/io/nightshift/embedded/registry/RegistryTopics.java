package io.nightshift.embedded.registry;

import io.nightshift.embedded.EmbeddedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topics in which the registry keeps its schemas. It would create them itself, but with the broker's default
 * retention, and then schemas would be gone after a week.
 */
final class RegistryTopics {
    static final String JOURNAL = "kafkasql-journal";
    static final String SNAPSHOTS = "kafkasql-snapshots";
    static final String EVENTS = "registry-events";

    private static final long LIMIT_SECONDS = 30;
    private static final Map<String, String> FOR_EVER =
            Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");

    private RegistryTopics() {}

    static void ensure(Map<String, String> kafka) {
        try (Admin admin = Admin.create(new HashMap<String, Object>(kafka))) {
            Set<String> present = admin.listTopics().names().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            List<NewTopic> missing = Stream.of(
                            topic(JOURNAL, FOR_EVER), topic(SNAPSHOTS, FOR_EVER), topic(EVENTS, Map.of()))
                    .filter(topic -> !present.contains(topic.name()))
                    .toList();
            admin.createTopics(missing).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw unreachable(kafka, e.getCause());
            }
        } catch (TimeoutException e) {
            throw unreachable(kafka, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(kafka, e);
        }
    }

    /** One partition: the journal is a single order of events. The replication factor is the broker's default. */
    private static NewTopic topic(String name, Map<String, String> config) {
        return new NewTopic(name, Optional.of(1), Optional.empty()).configs(config);
    }

    private static EmbeddedException unreachable(Map<String, String> kafka, Throwable cause) {
        return new EmbeddedException(
                "The registry's topics cannot be created on Kafka at " + kafka.get("bootstrap.servers") + ": " + cause,
                cause);
    }
}
