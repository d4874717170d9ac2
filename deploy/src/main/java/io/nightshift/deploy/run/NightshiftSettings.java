package io.nightshift.deploy.run;

import io.nightshift.deploy.home.Installation;
import io.nightshift.deploy.pipeline.StageName;
import io.nightshift.deploy.platform.EmbeddedSettings;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryFile;
import io.nightshift.schemas.TopicSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration file of an installation. Every section may be left out; without {@code kafka} the embedded broker and
 * registry are used.
 *
 * @param folder folder of the installation
 * @param config the whole file
 * @param topics names and counts of topics
 * @param inventoryFile inventory of services and targets, when one is named
 */
public record NightshiftSettings(Path folder, ConfigNode config, TopicSettings topics, Optional<Path> inventoryFile) {

    private static final Set<String> SECTIONS =
            Set.of("folder", "kafka", "registry", "topics", "inventory", "embedded", "health");

    /** The defaults: everything embedded, in this folder. */
    public static NightshiftSettings defaults(Path folder) {
        return of(EmptyConfig.INSTANCE, folder, folder);
    }

    /**
     * Reads a configuration file.
     *
     * @param folder folder of the installation when the file names none
     * @throws io.nightshift.runtime.config.ConfigException naming file, line and remedy
     */
    public static NightshiftSettings read(Path file, Path folder) {
        return of(ConfigFile.read(file), folder, file.toAbsolutePath().getParent());
    }

    /** What {@link #read} would make of a file with this content in the folder. */
    public static NightshiftSettings parse(String content, Path folder) {
        return of(ConfigFile.parse(folder.resolve("nightshift.yaml").toString(), content), folder, folder);
    }

    private static NightshiftSettings of(ConfigNode config, Path folder, Path relativeTo) {
        Set<String> known = new HashSet<>(SECTIONS);
        for (StageName stage : StageName.values()) {
            known.add(stage.label());
        }
        config.allowOnly(known);
        Path installation = config.get("folder")
                .map(node -> relativeTo.resolve(node.text()))
                .orElse(folder);
        TopicSettings defaults =
                config.get("kafka").isPresent() ? TopicSettings.production() : TopicSettings.embedded();
        return new NightshiftSettings(
                installation,
                config,
                topics(config.section("topics"), defaults),
                config.get("inventory").map(node -> relativeTo.resolve(node.text())));
    }

    private static TopicSettings topics(ConfigNode section, TopicSettings defaults) {
        section.allowOnly(
                Set.of("prefix", "telemetryPartitions", "decisionPartitions", "workPartitions", "replicationFactor"));
        return new TopicSettings(
                section.text("prefix", defaults.prefix()),
                section.integer("telemetryPartitions", defaults.telemetryPartitions()),
                section.integer("decisionPartitions", defaults.decisionPartitions()),
                section.integer("workPartitions", defaults.workPartitions()),
                (short) section.integer("replicationFactor", defaults.replicationFactor()));
    }

    public boolean isEmbedded() {
        return config.get("kafka").isEmpty();
    }

    public EmbeddedSettings embedded() {
        return EmbeddedSettings.from(config.section("embedded"));
    }

    /** Where machines ask how this process is and fetch its metrics; without a section on any free port of loopback. */
    public InetSocketAddress health() {
        ConfigNode section = config.section("health").allowOnly(Set.of("bind", "port"));
        int port = section.integer("port", 0);
        if (port < 0 || port > 65_535) {
            throw section.require("port").error("must be 0 (any free one) to 65535, not " + port);
        }
        return new InetSocketAddress(section.text("bind", "127.0.0.1"), port);
    }

    /**
     * Reads every setting of these stages, and the files that they name, before anything is started: a mistake is told within a
     * second, and nothing has to be taken down for it.
     *
     * @throws io.nightshift.runtime.config.ConfigException naming file, line and remedy
     */
    public void check(Collection<StageName> stages) {
        health();
        embedded();
        Inventory inventory = inventory();
        Installation installation = new Installation(folder);
        stages.forEach(stage -> stage.check(config, inventory, installation.stage(stage.label())));
    }

    /** The inventory as it stands in its file now; empty when no file is named. */
    public Inventory inventory() {
        return inventoryFile.map(InventoryFile::read).orElse(Inventory.empty());
    }
}
