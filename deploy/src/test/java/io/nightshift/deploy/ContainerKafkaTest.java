package io.nightshift.deploy;

import static org.junit.jupiter.api.Assumptions.abort;

import io.nightshift.embedded.registry.EmbeddedRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * Topics, registry and a stage on a Kafka that is none of ours: Apache's image, plaintext, in a container. Runs where
 * Docker is and says so where it is not; {@link EmbeddedStagesTest} shows the same there.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ContainerKafkaTest {
    private static final Path DISTRIBUTION = Path.of(System.getProperty("registry.distribution"));
    private static final String IMAGE = "apache/kafka:" + AppInfoParser.getVersion();

    @BeforeEach
    void needsDocker() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            System.out.println("DID NOT RUN: ContainerKafkaTest, which needs Docker to start " + IMAGE + ".");
            abort("no Docker here");
        }
    }

    @Test
    void topicsRegistryAndAStageWorkOnAKafkaInAContainer(@TempDir Path folder) throws Exception {
        try (KafkaContainer kafka = new KafkaContainer(IMAGE)) {
            kafka.start();
            Map<String, String> client = Map.of("bootstrap.servers", kafka.getBootstrapServers());
            try (EmbeddedRegistry registry = EmbeddedRegistry.start(
                    new EmbeddedRegistry.Settings(DISTRIBUTION, folder.resolve("registry"), 0, client))) {
                registry.awaitReady(Duration.ofSeconds(60));
                new StagesOnKafka(client, registry.url(), folder.resolve("state")).holds();
            }
        }
    }
}
