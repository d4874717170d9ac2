package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SloCommandTest {

    private static final Path EXAMPLE = Path.of("..", "docs", "examples", "objectives.yaml");

    @TempDir
    private Path folder;

    @Test
    void theManualsExampleIsReadAndItsAlertsAreTold() throws IOException {
        Told told = Told.by("slo", "check", EXAMPLE.toString(), "--json");
        assertThat(told.status()).isZero();
        JsonNode first = new ObjectMapper().readTree(told.out()).get(0);
        assertThat(first.get("objective").asText()).isEqualTo("checkout-availability");
        assertThat(first.get("periodSeconds").asLong()).isEqualTo(2_592_000);
        JsonNode page = first.get("alerts").get(0);
        assertThat(page.get("alert").asText()).isEqualTo("page");
        assertThat(page.get("longWindowSeconds").asLong()).isEqualTo(3_600);
        assertThat(page.get("shortWindowSeconds").asLong()).isEqualTo(300);
        assertThat(Told.by("slo", "check", EXAMPLE.toString()).out())
                .contains("page   more than 1.44 % bad over 1h and over 5m: 2 % of the budget");
    }

    @Test
    void whatIsWrongIsToldInOneLineWithItsPlace() throws IOException {
        Path wrong = Files.writeString(
                folder.resolve("slo.yaml"), Files.readString(EXAMPLE).replaceFirst("target: 0.999", "target: 1"));
        Told told = Told.by("slo", "check", wrong.toString());
        assertThat(told.error()).contains("slo.yaml:24: ", "impossible target").hasLineCount(1);
        assertThat(told.status()).isEqualTo(1);
    }

    /** Without an inventory, as a reader of the manual would try it. */
    @Test
    void theManualsLeastExampleIsReadAsItIsWritten() throws IOException {
        String manual = Files.readString(Path.of("..", "docs", "slo.md"));
        int begin = manual.indexOf("apiVersion: openslo/v1");
        String example = manual.substring(begin, manual.indexOf("```", begin));
        Path file = Files.writeString(folder.resolve("least.yaml"), example);
        Told told = Told.by("slo", "check", file.toString());
        assertThat(told.error()).isEmpty();
        assertThat(told.status()).isZero();
        assertThat(told.out()).startsWith("checkout-availability  production/shop/checkout  0.999 over 720h");
    }
}
