package io.nightshift.remediate.playbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.remediate.domain.playbook.Playbook;
import io.nightshift.runtime.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybookLibraryTest {

    private static final String OWN = """
            name: memory-leak
            version: own
            description: Our own way.
            against: [MEMORY_LEAK]
            steps:
              - {name: restart, action: RESTART, verify: [heap]}
            """;

    @TempDir
    private Path folder;

    @Test
    void sixAreShipped() {
        PlaybookLibrary shipped = PlaybookLibrary.read(Optional.empty());
        assertThat(shipped.playbooks().all()).hasSize(6).allSatisfy(playbook -> assertThat(playbook.origin())
                .isEqualTo(Playbook.SHIPPED));
        assertThat(shipped.replaced()).isEmpty();
    }

    @Test
    void theOperatorsOwnWinsByNameAndIsTold() throws IOException {
        Files.writeString(folder.resolve("memory-leak.yaml"), OWN);
        PlaybookLibrary library = PlaybookLibrary.read(Optional.of(folder));
        assertThat(library.playbooks().all()).hasSize(6);
        assertThat(library.playbooks().named("memory-leak").orElseThrow().version())
                .isEqualTo("own");
        assertThat(library.replaced()).containsExactly("memory-leak");
    }

    @Test
    void oneThatIsWrongRefusesThemAll() throws IOException {
        Files.writeString(folder.resolve("memory-leak.yaml"), OWN);
        Files.writeString(
                folder.resolve("other.yaml"),
                OWN.replace("memory-leak", "other").replace("RESTART", "X"));
        assertRefused("other.yaml:6: ", "'X' is unknown");
        assertThat(PlaybookLibrary.check(folder))
                .as("one that is wrong hides no other")
                .hasSize(2)
                .containsEntry(folder.resolve("memory-leak.yaml").toString(), "")
                .hasEntrySatisfying(folder.resolve("other.yaml").toString(), wrong -> assertThat(wrong)
                        .contains("other.yaml:6: ", "'X' is unknown"));
    }

    @Test
    void aNameStandsOnceInAFolder() throws IOException {
        Files.writeString(folder.resolve("memory-leak.yaml"), OWN);
        Files.writeString(folder.resolve("memory-leak.yml"), OWN);
        assertRefused("memory-leak.yml: the playbook memory-leak stands in ", "keep one of the two");
    }

    @Test
    void whatIsNoPlaybookIsRefused() throws IOException {
        assertRefused("no .yaml or .yml file in this folder");
        Files.createSymbolicLink(folder.resolve("link.yaml"), Files.writeString(folder.resolve("own"), OWN));
        assertRefused("link.yaml: no regular file");
        Files.delete(folder.resolve("link.yaml"));
        Files.write(folder.resolve("latin.yaml"), new byte[] {'a', (byte) 0xe9, '\n'});
        assertRefused("latin.yaml: not UTF-8");
        Files.writeString(folder.resolve("latin.yaml"), "#" + "x".repeat(PlaybookText.MAX_BYTES));
        assertRefused("latin.yaml: larger than 64 KiB");
    }

    private void assertRefused(String... says) {
        assertThatThrownBy(() -> PlaybookLibrary.read(Optional.of(folder)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(says);
    }
}
