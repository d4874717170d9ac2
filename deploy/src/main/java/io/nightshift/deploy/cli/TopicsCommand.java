package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.home.Installation;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.deploy.platform.ExternalPlatform;
import io.nightshift.deploy.run.NightshiftSettings;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.kafka.Provisioning;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.ConfluentRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The topics that Nightshift stands on. */
@Command(
        name = "topics",
        description = "The topics that Nightshift stands on.",
        subcommands = {TopicsCommand.Show.class, TopicsCommand.Create.class})
public final class TopicsCommand {

    /** Topics are named and counted without any call to the registry. */
    private static Topics declared(TopicSettings settings) {
        return new Topics(settings, new AvroSerdes(ConfluentRegistry.at("http://unused", Map.of())));
    }

    /** {@code nightshift topics list}. */
    @Command(name = "list", description = "Lists the topics as they are declared, with partitions and settings.")
    public static final class Show implements Callable<Integer> {

        @Mixin
        private Home home;

        @Option(names = "--config", description = "Configuration file whose section topics counts. Default: embedded.")
        private Path config;

        @Option(names = "--json", description = "Print one JSON array.")
        private boolean json;

        @Override
        public Integer call() throws JsonProcessingException {
            TopicSettings settings = config == null
                    ? TopicSettings.embedded()
                    : NightshiftSettings.read(Home.existing(config), home.folder("nightshift"))
                            .topics();
            List<Topic<?, ?>> topics = declared(settings).all();
            if (json) {
                System.out.println(new ObjectMapper()
                        .writeValueAsString(topics.stream()
                                .map(topic -> Map.of(
                                        "name", topic.name(),
                                        "partitions", topic.partitions(),
                                        "replicationFactor", settings.replicationFactor(),
                                        "config", topic.config()))
                                .toList()));
                return 0;
            }
            topics.forEach(topic -> System.out.printf(
                    Locale.ROOT, "%-36s %3d partitions  %s%n", topic.name(), topic.partitions(), topic.config()));
            return 0;
        }
    }

    /** {@code nightshift topics create}. */
    @Command(
            name = "create",
            description = {
                "Creates the missing topics on the Kafka that the configuration file names; leaves those that are there.",
                "The embedded Kafka makes its own."
            })
    public static final class Create implements Callable<Integer> {

        @Mixin
        private Home home;

        @Option(names = "--config", required = true, description = "Configuration file with a section kafka.")
        private Path config;

        @Override
        public Integer call() {
            NightshiftSettings settings = NightshiftSettings.read(Home.existing(config), home.folder("nightshift"));
            if (settings.isEmbedded()) {
                throw new UsageException(config + " names no Kafka, and the embedded one makes its topics itself;"
                        + " add a section kafka with bootstrapServers");
            }
            Path state = new Installation(settings.folder()).state();
            KafkaAccess kafka = ExternalPlatform.access(settings.config().section("kafka"), settings.topics(), state);
            List<String> created = Provisioning.create(kafka, declared(settings.topics()));
            System.out.println(created.isEmpty() ? "all topics were there" : "created " + String.join(", ", created));
            return 0;
        }
    }
}
