package io.nightshift.bench.nab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.bench.DataException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a folder laid out as NAB's: {@code data/**.csv} with lines {@code timestamp,value} below a heading,
 * {@code labels/combined_windows.json} with pairs of timestamps by file, and {@code config/profiles.json} with the weights.
 * A file without labels has no window; without the profiles NAB's own weights hold.
 */
final class NabFolder {

    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd[ ]['T']HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("['Z']")
            .toFormatter();

    private final Path folder;

    NabFolder(Path folder) {
        this.folder = folder;
    }

    /** All series in the order of their paths. */
    List<LabelledSeries> series() throws IOException {
        Path data = folder.resolve("data");
        Path labelFile = folder.resolve("labels").resolve("combined_windows.json");
        if (!Files.isDirectory(data)) {
            throw new DataException(data, "is missing: the series are expected there as CSV files");
        }
        JsonNode labels = json(labelFile);
        List<LabelledSeries> all = new ArrayList<>();
        for (String name : names(data)) {
            all.add(series(data.resolve(name), name, labelFile, labels.path(name)));
        }
        if (all.isEmpty()) {
            throw new DataException(data, "holds no CSV file");
        }
        return all;
    }

    /** The weights of a profile by its name in the file. */
    Profile profile(String name, Profile otherwise) throws IOException {
        Path file = folder.resolve("config").resolve("profiles.json");
        if (!Files.exists(file)) {
            return otherwise;
        }
        JsonNode matrix = json(file).path(name).path("CostMatrix");
        if (!matrix.path("tpWeight").isNumber()
                || !matrix.path("fpWeight").isNumber()
                || !matrix.path("fnWeight").isNumber()) {
            throw new DataException(file, "profile " + name + " needs a CostMatrix of tpWeight, fpWeight and fnWeight");
        }
        return new Profile(
                matrix.path("tpWeight").asDouble(),
                matrix.path("fpWeight").asDouble(),
                matrix.path("fnWeight").asDouble());
    }

    private static List<String> names(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .map(file -> data.relativize(file).toString().replace(File.separatorChar, '/'))
                    .sorted()
                    .toList();
        }
    }

    private static JsonNode json(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new DataException(file, "is missing");
        }
        try {
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw new DataException(file, e.getLocation().getLineNr(), "is not JSON: " + e.getOriginalMessage());
        }
    }

    private static LabelledSeries series(Path file, String name, Path labelFile, JsonNode labels) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int rows = lines.size() - 1;
        while (rows > 0 && lines.get(rows).isBlank()) {
            rows--;
        }
        if (rows < 1) {
            throw new DataException(file, "holds no point");
        }
        long[] times = new long[rows];
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
            String line = lines.get(i + 1);
            int comma = line.indexOf(',');
            if (comma < 0) {
                throw new DataException(file, i + 2, "expected timestamp,value and read \"" + line + "\"");
            }
            times[i] = time(line.substring(0, comma).trim(), file, i + 2);
            values[i] = value(line.substring(comma + 1).trim(), file, i + 2);
        }
        return new LabelledSeries(name, times, values, windows(labels, name, times, labelFile));
    }

    private static long time(String text, Path file, long line) {
        try {
            return micros(text);
        } catch (DateTimeParseException e) {
            throw new DataException(
                    file, line, "expected a timestamp as 2026-01-31 23:59:59 and read \"" + text + "\"");
        }
    }

    private static long micros(String text) {
        return ChronoUnit.MICROS.between(
                LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), LocalDateTime.parse(text, TIMESTAMP));
    }

    private static double value(String text, Path file, long line) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new DataException(file, line, "expected a number and read \"" + text + "\"");
        }
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new DataException(file, line, "expected a finite number and read \"" + text + "\"");
        }
        return value;
    }

    private static List<LabelledSeries.Window> windows(JsonNode labels, String name, long[] times, Path labelFile) {
        List<LabelledSeries.Window> windows = new ArrayList<>();
        int after = 0;
        for (JsonNode pair : labels) {
            LabelledSeries.Window window;
            try {
                window = window(
                        micros(pair.path(0).asText()), micros(pair.path(1).asText()), times, after);
            } catch (DateTimeParseException e) {
                throw new DataException(labelFile, name + ": a window is a pair of timestamps, not " + pair);
            }
            if (window == null) {
                throw new DataException(
                        labelFile, name + ": window " + pair + " holds no row of the file, or overlaps the one before");
            }
            windows.add(window);
            after = window.last() + 1;
        }
        return windows;
    }

    private static LabelledSeries.Window window(long start, long end, long[] times, int after) {
        int first = after;
        while (first < times.length && times[first] < start) {
            first++;
        }
        int last = first;
        // A repeated or backward timestamp does not end a window early, and the first row at its end does.
        while (last + 1 < times.length && times[last] != end && times[last + 1] <= end) {
            last++;
        }
        return first < times.length && times[first] <= end ? new LabelledSeries.Window(first, last) : null;
    }
}
