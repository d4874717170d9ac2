package io.nightshift.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.learn.domain.TrustSettings;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.EmptyConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearnSettingsTest {

    @TempDir
    Path folder;

    @Test
    void nothingSaidMeansTheUsual() {
        assertThat(LearnSettings.from(EmptyConfig.INSTANCE).trust()).isEqualTo(TrustSettings.usual());
    }

    @Test
    void whatIsSaidCounts() throws IOException {
        LearnSettings settings = LearnSettings.from(config("trust: {halfLife: 30d, full: 0.9, drill: 0}\n"));

        assertThat(settings.trust().halfLife()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.trust().full()).isEqualTo(0.9);
        assertThat(settings.trust().drillWeight()).isZero();
    }

    @Test
    void mistakesAreNamedWithTheirPlaceAndRemedy() {
        assertThatThrownBy(() -> LearnSettings.from(config("trust: {halflife: 30d}\n")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("halfLife");
        assertThatThrownBy(() -> LearnSettings.from(config("trust: {full: 1}\n")))
                .hasMessageContaining("learn.yaml:1")
                .hasMessageContaining("above 0 and below 1");
        assertThatThrownBy(() -> LearnSettings.from(config("trust: {supervised: 0.9, full: 0.7}\n")))
                .hasMessageContaining("must not be easier");
        assertThatThrownBy(() -> LearnStages.check(config("trustedKeys: nowhere\n"), folder))
                .hasMessageContaining("learn.trustedKeys");
    }

    private ConfigNode config(String yaml) throws IOException {
        return ConfigFile.read(Files.writeString(folder.resolve("learn.yaml"), yaml));
    }
}
