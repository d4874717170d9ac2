package io.nightshift.bench.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.bench.DataException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesFileTest {

    private static final long MINUTE = 60_000_000;

    @TempDir
    Path folder;

    @Test
    void aMatrixWithoutHeadingHasRowsAnIntervalApart() throws IOException {
        SeriesFile file = read("0.5,1e-3,7\n0.25,2,8\n");
        assertThat(file.series()).isEqualTo(new double[][] {{0.5, 0.25}, {1e-3, 2}, {7, 8}});
        assertThat(file.times()[1] - file.times()[0]).isEqualTo(MINUTE);
        assertThat(file.intervalMicros()).isEqualTo(MINUTE);
    }

    @Test
    void aHeadingNamesTimeAndSeriesAndTextColumnsAreNone() throws IOException {
        SeriesFile file = read("Time,TimeStamp,PodName,Cpu(m)\n"
                + "2023-01-29 08:41:10.015101543 +0000 UTC m=+1.09,1674981670,orders-1,55.7\n"
                + "2023-01-29 08:42:10.015101543 +0000 UTC m=+61.09,1674981730,orders-1,\n");
        assertThat(file.names()).containsExactly("Cpu(m)");
        assertThat(file.times()).containsExactly(1_674_981_670_000_000L, 1_674_981_730_000_000L);
        assertThat(file.series()[0]).containsExactly(55.7, Double.NaN);
    }

    @Test
    void aHeadingMayHaveSeveralRows() throws IOException {
        SeriesFile file =
                read("service,a,b\nmetric,latency,latency\nunix_timestamp,,\n1692608400.0,1,2\n1692608700.0,3,4\n");
        assertThat(file.names()).containsExactly("a/latency", "b/latency");
        assertThat(file.intervalMicros()).isEqualTo(5 * MINUTE);
    }

    @Test
    void aTimeMayBeADate() throws IOException {
        SeriesFile file = read("timestamp,value\n2026-01-31 12:00:00,1\n2026-01-31T12:05:00Z,2\n");
        assertThat(file.times()[0]).isEqualTo(1_769_860_800_000_000L);
        assertThat(file.intervalMicros()).isEqualTo(5 * MINUTE);
    }

    @Test
    void aTableWithoutTimesHoldsNoSeries() throws IOException {
        Path file = write("edges.csv", "Source,Target,Weight\na,b,1\n");
        assertThat(SeriesFile.read(file, MINUTE)).isEmpty();
    }

    @Test
    void whatCannotBeReadIsNamedWithItsLine() throws IOException {
        Path ragged = write("ragged.csv", "timestamp,value\n1692608400,1\n1692608700\n");
        assertThatThrownBy(() -> SeriesFile.read(ragged, MINUTE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("ragged.csv:3: has 1 cells where the first row has 2");
        Path timeless = write("timeless.csv", "timestamp,value\n1692608400,1\nsoon,2\n");
        assertThatThrownBy(() -> SeriesFile.read(timeless, MINUTE))
                .hasMessageContaining("timeless.csv:3: \"soon\" is no time");
        Path empty = write("empty.csv", "timestamp,value\n");
        assertThatThrownBy(() -> SeriesFile.read(empty, MINUTE)).hasMessageContaining("holds no number");
    }

    @Test
    void aGzippedFileIsReadAsWell() throws IOException {
        Path file = folder.resolve("matrix.csv.gz");
        try (Writer out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            out.write("1,2\n3,4\n");
        }
        assertThat(SeriesFile.read(file, MINUTE).orElseThrow().series()).isEqualTo(new double[][] {{1, 3}, {2, 4}});
    }

    @Test
    void exceptionsAreIntervalsWithBothEnds() throws IOException {
        Intervals except = Intervals.read(write(
                "except.csv",
                "# known faults\n\n1692608400,1692608700\n" + "2026-01-31 12:00:00,2026-01-31 12:05:00\n"));
        assertThat(except.contain(1_692_608_400_000_000L)).isTrue();
        assertThat(except.contain(1_692_608_700_000_000L)).isTrue();
        assertThat(except.contain(1_692_608_701_000_000L)).isFalse();
        assertThat(except.contain(1_769_860_900_000_000L)).isTrue();
        Path wrong = write("wrong.csv", "1692608400,1692608700\n5\n");
        assertThatThrownBy(() -> Intervals.read(wrong)).hasMessageContaining("wrong.csv:2: \"5\" is no interval");
    }

    private SeriesFile read(String text) throws IOException {
        return SeriesFile.read(write("series.csv", text), MINUTE).orElseThrow();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
