package io.nightshift.deploy;

import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.embedded.registry.EmbeddedRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@link ContainerKafkaTest} shows where Docker is, on the embedded broker and registry: everywhere. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmbeddedStagesTest {
    private static final Path DISTRIBUTION = Path.of(System.getProperty("registry.distribution"));

    @Test
    void topicsRegistryAndAStageWorkOnTheEmbeddedKafka(@TempDir Path folder) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.ephemeral();
                EmbeddedRegistry registry = EmbeddedRegistry.start(new EmbeddedRegistry.Settings(
                        DISTRIBUTION, folder.resolve("registry"), 0, broker.clientProperties()))) {
            registry.awaitReady(Duration.ofSeconds(60));
            new StagesOnKafka(broker.clientProperties(), registry.url(), folder.resolve("state")).holds();
        }
    }
}
