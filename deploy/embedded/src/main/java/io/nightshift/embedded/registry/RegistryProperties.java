package io.nightshift.embedded.registry;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The registry's configuration. It holds Kafka's password, so it goes into a private file, never on a command line. */
final class RegistryProperties {
    private RegistryProperties() {}

    /** The text of the file. */
    static String of(Path folder, int port, Map<String, String> kafka) {
        Properties p = new Properties();
        p.setProperty("quarkus.http.host", "127.0.0.1");
        p.setProperty("quarkus.http.port", String.valueOf(port));
        p.setProperty("quarkus.http.access-log.enabled", "false");
        p.setProperty("quarkus.oidc.enabled", "false");

        p.setProperty("apicurio.storage.kind", "kafkasql");
        p.setProperty("apicurio.kafkasql.bootstrap.servers", kafka.get("bootstrap.servers"));
        kafka.forEach((key, value) -> p.setProperty("apicurio.kafka.common." + key, value));
        p.setProperty("apicurio.kafkasql.topic", RegistryTopics.JOURNAL);
        p.setProperty("apicurio.kafkasql.snapshots.topic", RegistryTopics.SNAPSHOTS);
        p.setProperty("apicurio.events.kafka.topic", RegistryTopics.EVENTS);
        p.setProperty("apicurio.kafkasql.topic.auto-create", "false");
        // A start waits this long for a snapshot. None is ever taken: the journal is small and kept for ever.
        p.setProperty("apicurio.kafkasql.consumer.poll.timeout", "300");
        p.setProperty("apicurio.kafkasql.snapshot.every.seconds", "off");
        p.setProperty("apicurio.storage.snapshot.location", folder.toString());
        p.setProperty("apicurio.import.work-dir", folder.toString());

        // The cache of the journal in memory; by default it opens twenty connections and keeps a hundred.
        p.setProperty("apicurio.datasource.jdbc.initial-size", "1");
        p.setProperty("apicurio.datasource.jdbc.min-size", "1");
        p.setProperty("apicurio.datasource.jdbc.max-size", "10");
        return text(p);
    }

    private static String text(Properties properties) {
        StringWriter text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return text.toString();
    }
}
