package io.nightshift.bench.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.bench.EvalCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LogsSuiteTest {

    private static final String SHOP = """
            LineId,Content,EventId,EventTemplate
            1,"Order 17 placed, total=3",E1,"Order <*> placed, total=<*>"
            2,"Order 18 placed, total=40",E1,"Order <*> placed, total=<*>"
            3,"He said ""no""
            twice",E2,"He said ""no"" twice"
            4,Stock is empty,E3,Stock is empty
            """;

    @TempDir
    Path folder;

    @Test
    void eachSystemIsScoredOnItsCorrectedLabels() throws IOException {
        write("corrected/Shop/Shop_2k.log_structured_corrected.csv.gz", SHOP);
        write("original/Shop/Shop_2k.log_structured.csv", SHOP.replace("E3,Stock is empty", "E3,wrong"));
        JsonNode figures = new ObjectMapper().readTree(run(0));
        assertThat(figures.get("ga").doubleValue()).isEqualTo(1);
        assertThat(figures.get("fga").doubleValue()).isEqualTo(1);
        assertThat(figures.get("pa").doubleValue()).isEqualTo(1);
        assertThat(figures.get("ga_arrival").doubleValue()).isEqualTo(1);
        assertThat(figures.get("systems").get("Shop").get("ga").doubleValue()).isEqualTo(1);
    }

    @Test
    void labelsThatPartWhatIsOneTemplateLowerTheScore() throws IOException {
        write(
                "Shop/Shop_2k.log_structured.csv",
                SHOP.replace(
                        "2,\"Order 18 placed, total=40\",E1,\"Order",
                        "2,\"Order 18 placed, total=40\",E4,\"Another order"));
        JsonNode figures = new ObjectMapper().readTree(run(0));
        assertThat(figures.get("ga").doubleValue()).isEqualTo(0.5);
    }

    @Test
    void aFolderWithoutLabelsNamesTheRemedy() {
        assertThat(run(2)).contains("log_structured").contains(folder.toString());
    }

    @Test
    void aFileThatIsCutOffIsNamedWithItsLine() throws IOException {
        write("Shop/Shop_2k.log_structured.csv", SHOP + "5,\"cut");
        assertThat(run(2)).contains("Shop_2k.log_structured.csv:").contains("quotation");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                OutputStream maybeZipped = name.endsWith(".gz") ? new GZIPOutputStream(out) : out) {
            maybeZipped.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String run(int expectedStatus) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        PrintStream standard = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            int status = new CommandLine(new EvalCommand())
                    .setErr(new PrintWriter(err))
                    .execute("logs", folder.toString(), "--json");
            assertThat(status).isEqualTo(expectedStatus);
        } finally {
            System.setOut(standard);
        }
        return out.toString(StandardCharsets.UTF_8) + err;
    }
}
