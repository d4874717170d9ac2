package io.nightshift.deploy.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationTest {

    @TempDir
    Path folder;

    @Test
    void theDemoDoesNotEmptyAFolderThatIsNotItsOwn() throws Exception {
        Path thesis = Files.writeString(folder.resolve("thesis.txt"), "ten years of work");
        assertThatThrownBy(() -> Installation.open(folder).beginAnew())
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll(folder.toString(), "not empty", "--folder");
        assertThat(thesis).hasContent("ten years of work");
    }

    @Test
    void theDemoEmptiesItsOwnFolderEachTime() throws Exception {
        Installation installation = Installation.open(folder.resolve("demo"));
        installation.beginAnew();
        Files.createDirectories(installation.broker().resolve("log"));
        Files.writeString(installation.broker().resolve("log/0"), "records");
        installation.beginAnew();
        assertThat(installation.broker()).doesNotExist();
        Files.createDirectories(installation.haltFile().getParent());
        Files.writeString(installation.haltFile(), "halted");
        installation.beginAnew();
        assertThat(installation.haltFile()).doesNotExist();
    }

    @Test
    void theDemoDoesNotEmptyItsFolderOnceSomethingElseRanInIt() throws Exception {
        Installation installation = Installation.open(folder.resolve("demo"));
        installation.beginAnew();
        installation.outliveDemos();
        Path records = Files.writeString(installation.folder().resolve("records"), "a night's");
        assertThatThrownBy(installation::beginAnew)
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll("something else ran in it", "--folder");
        assertThat(records).hasContent("a night's");
        installation.outliveDemos();
    }

    @Test
    void theDemoLeavesTheFolderOfARunningInstallationAlone() throws Exception {
        Installation installation = Installation.open(folder.resolve("demo"));
        installation.beginAnew();
        new Connection(
                        "localhost:1",
                        "http://localhost:2",
                        "",
                        "",
                        "",
                        "",
                        ProcessHandle.current().pid(),
                        Map.of())
                .write(installation.connectionFile());
        assertThatThrownBy(installation::beginAnew)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("runs in");
        assertThat(installation.connectionFile()).exists();
    }

    @Test
    void whatALinkInTheDemosFolderPointsToIsLeftAlone() throws Exception {
        Path outside = Files.writeString(
                Files.createDirectory(folder.resolve("outside")).resolve("kept"), "kept");
        Installation installation = Installation.open(folder.resolve("demo"));
        installation.beginAnew();
        Files.createSymbolicLink(installation.folder().resolve("link"), outside.getParent());
        installation.beginAnew();
        assertThat(outside).hasContent("kept");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedWithTheRemedy() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> Installation.open(file.resolve("below")))
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll(file.resolve("below").toString(), "can't be written", "--folder");
    }

    @Test
    void theOperatorsKeyIsMadeOnceAndTrusted() {
        Installation installation = Installation.open(folder);
        String id = installation.operatorKey().keyId();
        assertThat(installation.operatorKey().keyId()).isEqualTo(id);
        assertThat(installation.trustedKeys()).isDirectoryContaining("glob:**operator*");
    }
}
