package io.nightshift.deploy.platform;

import io.nightshift.deploy.home.Installation;
import io.nightshift.embedded.broker.EmbeddedBroker;
import io.nightshift.embedded.registry.EmbeddedRegistry;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.kafka.Provisioning;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.ConfluentRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * One broker in this process and one registry beside it, both on loopback, their data in the installation's folder. For trying
 * Nightshift out and for a single machine: one broker means one copy of everything.
 */
public final class EmbeddedPlatform implements Platform {

    private static final Duration REGISTRY_START = Duration.ofSeconds(60);

    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;
    private final KafkaAccess kafka;
    private final Topics topics;

    private EmbeddedPlatform(EmbeddedBroker broker, EmbeddedRegistry registry, KafkaAccess kafka, Topics topics) {
        this.broker = broker;
        this.registry = registry;
        this.kafka = kafka;
        this.topics = topics;
    }

    /**
     * Starts both and provisions the topics while the registry comes up. Stages may start meanwhile: a serializer waits for
     * the registry; {@link #awaitReady} tells when it answers.
     *
     * @param distribution folder of the unpacked registry
     */
    public static EmbeddedPlatform start(
            Installation installation, EmbeddedSettings settings, TopicSettings topicSettings, Path distribution) {
        EmbeddedBroker broker = EmbeddedBroker.start(EmbeddedBroker.Settings.in(installation.broker())
                .withPort(settings.brokerPort())
                .withCapBytes(settings.capBytes()));
        EmbeddedRegistry registry = null;
        try {
            Map<String, String> client = new HashMap<>(broker.clientProperties());
            client.put("bootstrap.servers", broker.bootstrapServers());
            registry = EmbeddedRegistry.start(new EmbeddedRegistry.Settings(
                    distribution, installation.registry(), settings.registryPort(), client));
            KafkaAccess kafka = new KafkaAccess(
                    broker.bootstrapServers(),
                    broker.clusterId(),
                    broker.clientProperties(),
                    topicSettings.prefix(),
                    installation.state());
            Topics topics = new Topics(
                    topicSettings,
                    new AvroSerdes(ConfluentRegistry.at(registry.url().toString(), Map.of())));
            Provisioning.create(kafka, topics);
            return new EmbeddedPlatform(broker, registry, kafka, topics);
        } catch (RuntimeException e) {
            if (registry != null) {
                registry.close();
            }
            broker.close();
            throw e;
        }
    }

    @Override
    public void awaitReady() {
        registry.awaitReady(REGISTRY_START);
    }

    @Override
    public KafkaAccess kafka() {
        return kafka;
    }

    @Override
    public Topics topics() {
        return topics;
    }

    @Override
    public String registryUrl() {
        return registry.url().toString();
    }

    @Override
    public String description() {
        return "embedded Kafka on " + broker.bootstrapServers() + " (one broker, one copy of the data), registry on "
                + registry.url();
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }
}
