package io.nightshift.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.detect.domain.forecast.ResourceKind;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.inventory.Inventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectSettingsTest {

    @TempDir
    private Path folder;

    private DetectSettings read(String... lines) throws IOException {
        Path file = Files.writeString(folder.resolve("night.yaml"), String.join("\n", lines));
        return DetectSettings.from(ConfigFile.read(file), Inventory.empty());
    }

    @Test
    void objectivesAreReadFromFilesBesideTheConfiguration() throws IOException {
        Files.copy(Path.of("..", "docs", "examples", "objectives.yaml"), folder.resolve("objectives.yaml"));
        assertThat(read("objectives: [objectives.yaml]").objectives()).hasSize(5);
        assertThat(read("reporting: {updateEvery: 5s}").objectives()).isEmpty();
        assertThatThrownBy(() -> read("objectives: [objective.yaml]"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("objective.yaml: there is no such file");
    }

    @Test
    void aHorizonThatIsNotSetKeepsItsDefaultAndAMisspeltKindIsRefused() throws IOException {
        DetectSettings settings = read("forecasts:", "  disk: 2d");
        assertThat(settings.forecasts().horizons())
                .containsEntry(ResourceKind.DISK, Duration.ofDays(2))
                .containsEntry(ResourceKind.MEMORY, Duration.ofHours(1))
                .hasSize(ResourceKind.values().length);
        assertThatThrownBy(() -> read("forecasts:", "  discs: 2d"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("night.yaml:2: forecasts.discs: the key 'discs' is unknown; did you mean 'disk'");
    }
}
