package io.nightshift.bench.noise;

import io.nightshift.bench.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Series side by side in a CSV file, plain or gzipped. Lines without a single number are the heading, of one row or several;
 * a file that has one needs a column of times in it (see {@link Times}), and every other column that holds numbers is a
 * series. A file without a heading is a matrix of numbers whose rows are one assumed interval apart. Empty cells and
 * anything that is no finite number are missing points. Commas inside quotes are not supported.
 *
 * @param times microseconds since the epoch, one a row
 * @param series by column, one value a row, NaN where a point is missing
 */
public record SeriesFile(List<String> names, long[] times, double[][] series) {

    /** A Monday, midnight UTC: where time begins for files that have none. */
    private static final long MONDAY_MICROS = 4 * 86_400_000_000L;

    /**
     * Reads a file; empty when its heading names no time, for then it holds something else.
     *
     * @param assumedIntervalMicros between the rows of a file without a heading
     * @throws DataException when a row has another number of cells than the first or its time can't be read
     */
    public static Optional<SeriesFile> read(Path file, long assumedIntervalMicros) throws IOException {
        List<String[]> heading = new ArrayList<>();
        List<String[]> rows = new ArrayList<>();
        try (BufferedReader lines = open(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(",", -1);
                if (rows.isEmpty() && !hasNumber(cells)) {
                    heading.add(cells);
                    continue;
                }
                if (!rows.isEmpty() && cells.length != rows.get(0).length) {
                    throw new DataException(
                            file,
                            heading.size() + rows.size() + 1,
                            "has " + cells.length + " cells where the first row has " + rows.get(0).length);
                }
                rows.add(cells);
            }
        }
        if (rows.isEmpty()) {
            throw new DataException(file, "holds no number");
        }
        int timeColumn = heading.isEmpty() ? -1 : Times.column(heading);
        if (!heading.isEmpty() && timeColumn < 0) {
            return Optional.empty();
        }
        long[] times = new long[rows.size()];
        for (int row = 0; row < times.length; row++) {
            times[row] = timeColumn < 0
                    ? MONDAY_MICROS + row * assumedIntervalMicros
                    : time(file, heading.size() + row + 1, rows.get(row)[timeColumn]);
        }
        return Optional.of(columns(heading, rows, timeColumn, times));
    }

    /** Usual distance of two rows, microseconds. */
    public long intervalMicros() {
        long[] gaps = new long[Math.max(0, times.length - 1)];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = times[i + 1] - times[i];
        }
        Arrays.sort(gaps);
        return gaps.length == 0 ? 0 : gaps[gaps.length / 2];
    }

    private static SeriesFile columns(List<String[]> heading, List<String[]> rows, int timeColumn, long[] times) {
        List<String> names = new ArrayList<>();
        List<double[]> series = new ArrayList<>();
        for (int column = 0; column < rows.get(0).length; column++) {
            double[] values = new double[times.length];
            boolean any = false;
            for (int row = 0; row < times.length; row++) {
                values[row] = number(rows.get(row)[column]);
                any |= !Double.isNaN(values[row]);
            }
            if (column != timeColumn && any && !Times.isTime(heading, column)) {
                names.add(name(heading, column));
                series.add(values);
            }
        }
        return new SeriesFile(names, times, series.toArray(new double[0][]));
    }

    private static String name(List<String[]> heading, int column) {
        List<String> parts = new ArrayList<>();
        for (String[] row : heading) {
            if (column < row.length && !row[column].isBlank()) {
                parts.add(row[column].strip());
            }
        }
        return parts.isEmpty() ? "column " + (column + 1) : String.join("/", parts);
    }

    private static long time(Path file, long line, String cell) {
        long micros = Times.micros(cell);
        if (micros < 0) {
            throw new DataException(
                    file, line, "\"" + cell + "\" is no time: seconds since the epoch or 2026-01-31 12:00:00");
        }
        return micros;
    }

    private static boolean hasNumber(String[] cells) {
        return Arrays.stream(cells).anyMatch(cell -> !Double.isNaN(number(cell)));
    }

    private static double number(String cell) {
        if (cell.isBlank()) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(cell);
            return Double.isInfinite(value) ? Double.NaN : value;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        boolean gzipped = file.toString().endsWith(".gz");
        return new BufferedReader(
                new InputStreamReader(gzipped ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8));
    }
}
