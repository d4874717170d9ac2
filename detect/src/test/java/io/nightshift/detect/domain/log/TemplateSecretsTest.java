package io.nightshift.detect.domain.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.runtime.testing.PlantedSecrets;
import io.nightshift.runtime.text.SecretMask;
import org.junit.jupiter.api.Test;

class TemplateSecretsTest {

    /** What a template or a sentence shows of a line is masked as the line itself is. */
    @Test
    void noPlantedSecretSurvivesInATemplate() {
        PlantedSecrets.inEachFormat(8, 100, (line, secret) -> {
            String template = new LogMiner().template(line).text();
            assertThat(SecretMask.mask(template, 500)).as(line).doesNotContain(secret);
        });
    }
}
