package io.nightshift.deploy.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {

    @TempDir
    Path folder;

    private final Connection connection = new Connection(
            "127.0.0.1:9092",
            "http://127.0.0.1:8081",
            "night.",
            "http://localhost:8080",
            "http://127.0.0.1:9464/health",
            "/etc/nightshift/inventory.yaml",
            4711,
            Map.of(
                    "sasl.jaas.config",
                    "login required password=\"a=b # c\\d\";",
                    "security.protocol",
                    "SASL_PLAINTEXT"));

    @Test
    void whatIsWrittenIsReadBack() {
        Path file = folder.resolve("connection.properties");
        connection.write(file);
        assertThat(Connection.read(file)).contains(connection);
    }

    @Test
    void onlyItsOwnerReadsIt() throws Exception {
        Path file = folder.resolve("connection.properties");
        Files.writeString(file, "an older one, readable by all");
        connection.write(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void whereNoneWasWrittenThereIsNone() {
        assertThat(Connection.read(folder.resolve("connection.properties"))).isEmpty();
    }
}
