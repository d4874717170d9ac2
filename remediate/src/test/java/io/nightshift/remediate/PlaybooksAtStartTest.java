package io.nightshift.remediate;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.events.CauseClass;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a playbook is told before anything starts, and nothing starts with half of them. */
class PlaybooksAtStartTest {

    @TempDir
    private Path folder;

    private Path own;

    @BeforeEach
    void makeFolder() throws IOException {
        own = Files.createDirectories(folder.resolve("own"));
        Files.writeString(own.resolve("mine.yaml"), """
                name: mine
                version: "1"
                description: A rolling restart.
                against: [MEMORY_LEAK]
                steps:
                  - {name: restart, action: RESTART, verify: [heap]}
                """);
    }

    private static Inventory declaring(String playbook) {
        InventoryService like = Stories.service("inventory", 4);
        return Stories.inventory(new InventoryService(
                like.key(),
                4,
                false,
                "",
                like.instances(),
                1,
                like.addresses(),
                "shop",
                like.probes(),
                "",
                Map.of(CauseClass.MEMORY_LEAK, playbook),
                Set.of()));
    }

    private void start(Inventory inventory) {
        RemediateStages.check(
                ConfigFile.parse(folder.resolve("night.yaml").toString(), "playbooks: own\n"), inventory, folder);
    }

    @Test
    void theShippedAndTheOwnMayBeDeclared() {
        assertThatCode(() -> start(declaring("mine"))).doesNotThrowAnyException();
        assertThatCode(() -> start(declaring("memory-leak"))).doesNotThrowAnyException();
    }

    @Test
    void aWrongFileIsRefusedWithItsLine() throws IOException {
        Path file = own.resolve("mine.yaml");
        Files.writeString(file, Files.readString(file).replace("verify: [heap]", "verify: []"));
        assertThatThrownBy(() -> start(Stories.inventory(4)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("mine.yaml:6: ", "without verification");
    }

    @Test
    void oneThatDoesNotFitItsServiceIsRefused() throws IOException {
        assertThatThrownBy(() -> start(declaring("nobodys")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("demo/shop/inventory declares the playbook nobodys", "there are [", "mend it");
        Path file = own.resolve("mine.yaml");
        Files.writeString(file, Files.readString(file).replace("verify: [heap]", "verify: [hepa]"));
        assertThatThrownBy(() -> start(declaring("mine")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("mine.yaml:6: ", "no probe 'hepa'");
    }
}
