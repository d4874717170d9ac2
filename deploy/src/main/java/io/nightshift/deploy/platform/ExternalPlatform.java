package io.nightshift.deploy.platform;

import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.kafka.ClusterId;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.runtime.kafka.TopicCheck;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.ConfluentRegistry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A Kafka and a registry that somebody else runs. */
public final class ExternalPlatform implements Platform {

    private final KafkaAccess kafka;
    private final Topics topics;
    private final String registryUrl;

    private ExternalPlatform(KafkaAccess kafka, Topics topics, String registryUrl) {
        this.kafka = kafka;
        this.topics = topics;
        this.registryUrl = registryUrl;
    }

    /**
     * Connects to what the sections {@code kafka} and {@code registry} name.
     *
     * @throws RuntimeException with a message for people when Kafka or the registry can't be reached
     */
    public static ExternalPlatform connect(
            ConfigNode kafkaSection, ConfigNode registrySection, TopicSettings topicSettings, Path state) {
        registrySection.allowOnly(Set.of("url", "properties"));
        KafkaAccess kafka = access(kafkaSection, topicSettings, state);
        String url = registrySection.require("url").text();
        ConfluentRegistry registry = ConfluentRegistry.at(url, texts(registrySection.section("properties")));
        registry.check();
        Topics topics = new Topics(topicSettings, new AvroSerdes(registry));
        TopicCheck.verify(kafka, topics);
        return new ExternalPlatform(kafka, topics, url);
    }

    /**
     * Reaches the Kafka that the section {@code kafka} names, whatever topics it has.
     *
     * @throws RuntimeException with a message for people when it can't be reached
     */
    public static KafkaAccess access(ConfigNode kafkaSection, TopicSettings topicSettings, Path state) {
        kafkaSection.allowOnly(Set.of("bootstrapServers", "properties"));
        String servers = kafkaSection.require("bootstrapServers").text();
        Map<String, String> security = texts(kafkaSection.section("properties"));
        return ClusterId.access(servers, security, topicSettings.prefix(), state);
    }

    private static Map<String, String> texts(ConfigNode section) {
        Map<String, String> texts = new HashMap<>();
        section.keys().forEach(key -> texts.put(key, section.require(key).text()));
        return texts;
    }

    @Override
    public void awaitReady() {
        // it answered when we connected
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
        return registryUrl;
    }

    @Override
    public String description() {
        return "Kafka at " + kafka.bootstrapServers() + ", registry at " + registryUrl;
    }

    @Override
    public void close() {
        // nothing of it is ours
    }
}
