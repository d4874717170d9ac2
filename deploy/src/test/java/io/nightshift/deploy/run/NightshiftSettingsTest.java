package io.nightshift.deploy.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.runtime.config.ConfigException;
import io.nightshift.schemas.TopicSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightshiftSettingsTest {

    @TempDir
    Path folder;

    @Test
    void withoutAFileEverythingIsEmbedded() {
        NightshiftSettings settings = NightshiftSettings.defaults(folder);
        assertThat(settings.isEmbedded()).isTrue();
        assertThat(settings.topics()).isEqualTo(TopicSettings.embedded());
        assertThat(settings.inventory().services()).isEmpty();
    }

    @Test
    void aKafkaOfSomebodyElseBringsProductionsTopics() throws Exception {
        NightshiftSettings settings = read("""
                kafka: {bootstrapServers: "broker:9092"}
                topics: {prefix: "night.", telemetryPartitions: 48}
                """);
        assertThat(settings.isEmbedded()).isFalse();
        assertThat(settings.topics().prefix()).isEqualTo("night.");
        assertThat(settings.topics().telemetryPartitions()).isEqualTo(48);
        assertThat(settings.topics().workPartitions())
                .isEqualTo(TopicSettings.production().workPartitions());
    }

    @Test
    void pathsAreRelativeToTheFileThatNamesThem() throws Exception {
        Path inventory = Files.writeString(folder.resolve("inventory.yaml"), "services: []\n");
        NightshiftSettings settings = read("folder: data\ninventory: inventory.yaml\n");
        assertThat(settings.folder()).isEqualTo(folder.resolve("data"));
        assertThat(settings.inventoryFile()).contains(inventory);
    }

    @Test
    void aMisspeltSectionIsNamedWithFileLineAndRemedy() {
        assertThatThrownBy(() -> read("folder: data\nremediat:\n  soak: 1s\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("nightshift.yaml:2", "remediat", "'remediate'");
    }

    @Test
    void aMisspeltKeyBelowTopicsIsNamedToo() {
        assertThatThrownBy(() -> read("topics:\n  prefix: a\n  telemetryPartition: 3\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("nightshift.yaml:3", "telemetryPartition", "'telemetryPartitions'");
    }

    private NightshiftSettings read(String yaml) throws IOException {
        return NightshiftSettings.read(Files.writeString(folder.resolve("nightshift.yaml"), yaml), folder);
    }
}
