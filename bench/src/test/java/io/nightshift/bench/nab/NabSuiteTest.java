package io.nightshift.bench.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.bench.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NabSuiteTest {

    private static final LocalDateTime START = LocalDateTime.of(2026, 11, 2, 0, 0);

    @TempDir
    Path folder;

    @BeforeEach
    void aFolderOfTwoSeries() throws IOException {
        Files.createDirectories(folder.resolve("data/mine"));
        Files.createDirectories(folder.resolve("labels"));
        Files.writeString(folder.resolve("data/mine/a.csv"), csv(1_500));
        Files.writeString(folder.resolve("data/mine/b.csv"), csv(-1));
        labels("""
                {"mine/a.csv": [["%s.000000", "%s.000000"]]}""".formatted(at(1_480), at(1_560)));
    }

    @Test
    void aSpikeInItsWindowIsFoundAndAFileWithoutLabelsHasNone() throws IOException {
        JsonNode figures = figures();
        // Without the spike there would be nothing above 0; each false alarm costs 5.5 where there is one window.
        long outside = figures.path("alarms_without_label").asLong();
        assertThat(figures.path("standard_fixed").asDouble()).isBetween(98 - 5.5 * outside, 100 - 5.4 * outside);
        assertThat(outside).as("in two weeks of noise").isLessThan(10);
        assertThat(figures.path("standard_fixed_odd").asDouble()).isGreaterThan(50);
        assertThat(figures.path("standard_fixed_even").isNull()).isTrue();
        assertThat(figures.fieldNames()).toIterable().contains("standard_optimised", "low_fp_fixed", "low_fn_fixed");
    }

    @Test
    void windowsAreTheRowsBetweenTheirTimestamps() throws IOException {
        List<LabelledSeries> series = new NabFolder(folder).series();
        assertThat(series).extracting(LabelledSeries::name).containsExactly("mine/a.csv", "mine/b.csv");
        assertThat(series.get(0).windows()).containsExactly(new LabelledSeries.Window(1_480, 1_560));
        assertThat(series.get(1).windows()).isEmpty();
    }

    @Test
    void aMalformedLineIsNamed() throws IOException {
        assertRefused("2026-11-02 00:00:00,1\n2026-11-02 00:05:00;2\n", "b.csv:3: expected timestamp,value");
        assertRefused("2026-11-02 00:00:00,1\n2026-11-32 00:05:00,2\n", "b.csv:3: expected a timestamp");
        assertRefused("2026-11-02 00:00:00,one\n", "b.csv:2: expected a number and read \"one\"");
        assertRefused("2026-11-02 00:00:00,NaN\n", "b.csv:2: expected a finite number");
        assertRefused("", "b.csv: holds no point");
    }

    @Test
    void labelsThatFitNoRowAreRefused() throws IOException {
        labels("""
                {"mine/a.csv": [["2020-01-01 00:00:00", "2020-01-02 00:00:00"]]}""");
        assertThatThrownBy(() -> new NabFolder(folder).series())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("combined_windows.json: mine/a.csv: window");
        labels("{");
        assertThatThrownBy(() -> new NabFolder(folder).series())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is not JSON");
    }

    private void assertRefused(String rows, String message) throws IOException {
        Files.writeString(folder.resolve("data/mine/b.csv"), "timestamp,value\n" + rows);
        assertThatThrownBy(() -> new NabFolder(folder).series())
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    private JsonNode figures() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        new NabSuite().score(folder).print(new PrintStream(printed, true, StandardCharsets.UTF_8), true);
        return new ObjectMapper().readTree(printed.toByteArray());
    }

    private void labels(String json) throws IOException {
        Files.writeString(folder.resolve("labels/combined_windows.json"), json);
    }

    /** Seven days of five minutes, with something great in one row. */
    private static String csv(int spike) {
        Random random = new Random(5);
        StringBuilder csv = new StringBuilder("timestamp,value\n");
        for (int row = 0; row < 2_016; row++) {
            double value = 50 + random.nextGaussian() + (row == spike ? 40 : 0);
            csv.append(at(row)).append(',').append(value).append('\n');
        }
        return csv.toString();
    }

    private static String at(int row) {
        return START.plusMinutes(5L * row).toString().replace('T', ' ') + ":00";
    }
}
