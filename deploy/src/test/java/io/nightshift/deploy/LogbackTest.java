package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log of an installation holds back, and nothing more. */
class LogbackTest {

    @TempDir
    Path folder;

    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void configure() throws Exception {
        context.putProperty("NIGHTSHIFT_LOG", folder.resolve("nightshift.log").toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Path.of("src/main/resources/logback.xml").toFile());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    /** They are named by strings: a release of Kafka or of the registry's client may move them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.kafka.clients.admin.internals.PartitionLeaderStrategy",
                "org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.RestService"
            })
    void whatItsCallerIsToldAnywayIsNotLoggedToo(String logger) throws Exception {
        assertThat(Class.forName(logger, false, getClass().getClassLoader())).isNotNull();
        assertThat(context.getLogger(logger).getEffectiveLevel()).isEqualTo(Level.OFF);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.kafka.clients.admin.KafkaAdminClient",
                "org.apache.kafka.streams.processor.internals.TaskManager",
                "org.apache.flink",
                "kafka.server.ReplicaManager"
            })
    void whatElseKafkaWarnsOfIsLogged(String logger) {
        assertThat(context.getLogger(logger).getEffectiveLevel()).isEqualTo(Level.WARN);
    }

    @Test
    void whatNightshiftDoesIsLogged() {
        assertThat(context.getLogger("io.nightshift.deploy").getEffectiveLevel())
                .isEqualTo(Level.INFO);
    }
}
