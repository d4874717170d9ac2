package io.nightshift.bench.smd;

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
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmdSuiteTest {

    private static final int METRICS = 12;
    private static final int POINTS = 3_000;

    @TempDir
    Path folder;

    @Test
    void aFaultInSeveralMetricsIsRankedAboveNoise() throws IOException {
        machine("shop-1_train.csv", "shop-1_test.csv", "shop-1_test_label.csv");
        JsonNode figures = figures();
        assertThat(figures.get("machines").asInt()).isEqualTo(1);
        assertThat(figures.get("vus_pr").asDouble()).isGreaterThan(0.6);
        assertThat(figures.get("vus_pr_hold").asDouble()).isBetween(0.3, 1.0);
        assertThat(figures.get("vus_pr_rcf").asDouble()).isBetween(0.01, 1.0);
        assertThat(figures.get("vus_pr_ewma_hold").asDouble()).isBetween(0.01, 1.0);
        assertThat(figures.at("/by_machine/shop-1/vus_pr")).isEqualTo(figures.get("vus_pr"));
    }

    @Test
    void theLayoutOfThePublishedDataSetIsReadToo() throws IOException {
        for (String part : new String[] {"train", "test", "test_label"}) {
            Files.createDirectory(folder.resolve(part));
        }
        machine("train/machine-9-9.txt", "test/machine-9-9.txt", "test_label/machine-9-9.txt");
        assertThat(Machine.under(folder)).singleElement().satisfies(machine -> {
            assertThat(machine.name()).isEqualTo("machine-9-9");
            assertThat(machine.points()).isEqualTo(2 * POINTS);
            assertThat(machine.labelledFrom()).isEqualTo(POINTS);
        });
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        assertThatThrownBy(() -> Machine.under(folder))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("NAME_train.csv");
        Files.writeString(folder.resolve("a_train.csv"), "1,2\n");
        assertThatThrownBy(() -> Machine.under(folder)).hasMessageContaining("a_test.csv: is missing");
        Files.writeString(folder.resolve("a_test.csv"), "1,2\n1,3\n");
        Files.writeString(folder.resolve("a_test_label.csv"), "0\n");
        assertThatThrownBy(() -> Machine.under(folder)).hasMessageContaining("has 1 rows for 2 points");
        Files.writeString(folder.resolve("a_test_label.csv"), "0\n0\n");
        assertThatThrownBy(() -> Machine.under(folder)).hasMessageContaining("labels nothing");
    }

    private JsonNode figures() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SmdSuite().score(folder).print(new PrintStream(out, true, StandardCharsets.UTF_8), true);
        return new ObjectMapper().readTree(out.toByteArray());
    }

    private void machine(String train, String test, String label) throws IOException {
        Random random = new Random(8);
        Files.writeString(folder.resolve(train), matrix(random, false));
        Files.writeString(folder.resolve(test), matrix(random, true));
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < POINTS; i++) {
            labels.append(isFault(i) ? "1\n" : "0\n");
        }
        Files.writeString(folder.resolve(label), labels);
    }

    private static boolean isFault(int point) {
        return point % 1_000 >= 500 && point % 1_000 < 520;
    }

    private static String matrix(Random random, boolean faults) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < POINTS; i++) {
            for (int metric = 0; metric < METRICS; metric++) {
                double fault = faults && isFault(i) && metric < 8 ? 4 : 0;
                text.append(metric == 0 ? "" : ",").append((float) (random.nextGaussian() + fault));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
