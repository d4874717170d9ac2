package io.nightshift.oversee.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.ConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorTokenTest {

    @TempDir
    Path folder;

    @Test
    void onlyItsOwnerMayReadItAndItStays() throws Exception {
        OperatorToken made = OperatorToken.in(folder);
        Path file = folder.resolve(OperatorToken.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(OperatorToken.in(folder).matches(made.text())).isTrue();
        assertThat(made.matches("")).isFalse();
        assertThat(made.matches(null)).isFalse();
    }

    @Test
    void aTokenThatOthersMayReadIsRefused() throws Exception {
        OperatorToken.in(folder);
        Path file = folder.resolve(OperatorToken.FILE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> OperatorToken.in(folder)).hasMessageContaining("others may read");
    }

    @Test
    void anEmptyTokenFileIsRefused() throws Exception {
        OperatorToken.in(folder);
        Files.writeString(folder.resolve(OperatorToken.FILE), "");
        assertThatThrownBy(() -> OperatorToken.in(folder)).hasMessageContaining("holds no token");
    }

    @Test
    void readingWithoutLoginIsForLoopbackOnly() throws Exception {
        Path file = Files.writeString(folder.resolve("c.yaml"), "bind: 0.0.0.0\nreadWithoutLogin: true\n");
        assertThatThrownBy(() -> ConsoleSettings.from(ConfigFile.read(file)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("c.yaml:2");
    }
}
