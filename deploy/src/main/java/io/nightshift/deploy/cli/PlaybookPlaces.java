package io.nightshift.deploy.cli;

import io.nightshift.deploy.run.NightshiftSettings;
import io.nightshift.remediate.RemediateSettings;
import io.nightshift.remediate.playbook.PlaybookLibrary;
import io.nightshift.runtime.config.EmptyConfig;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryFile;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whose playbooks and services a command is about: the shipped playbooks, and an installation's. */
final class PlaybookPlaces {

    @Option(
            names = "--config",
            description =
                    "Configuration file: its remediate.playbooks and its inventory count. Default: only the shipped"
                            + " playbooks.")
    private Path config;

    @Option(names = "--inventory", description = "Inventory in place of the configured one.")
    private Path inventory;

    RemediateSettings settings() {
        return RemediateSettings.from(
                configured().map(all -> all.config().section("remediate")).orElse(EmptyConfig.INSTANCE));
    }

    /** What {@code run} would read. */
    PlaybookLibrary library() {
        return PlaybookLibrary.read(settings().playbooks());
    }

    Inventory inventory() {
        return inventory != null
                ? InventoryFile.read(Home.existing(inventory))
                : configured().map(NightshiftSettings::inventory).orElse(Inventory.empty());
    }

    private Optional<NightshiftSettings> configured() {
        return Optional.ofNullable(config)
                .map(file -> NightshiftSettings.read(Home.existing(file), new Home().folder("nightshift")));
    }
}
