package io.nightshift.bench.noise;

import io.nightshift.bench.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Times that do not count: lines {@code from,to}, each a number of seconds since the epoch or a date and time of day in UTC.
 * Empty lines and lines that begin with {@code #} say nothing.
 */
final class Intervals {

    private record Interval(long fromMicros, long toMicros) {}

    private final List<Interval> all = new ArrayList<>();

    /** No interval: everything counts. */
    static Intervals none() {
        return new Intervals();
    }

    /**
     * Reads a file of intervals.
     *
     * @throws DataException naming the line that is none
     */
    static Intervals read(Path file) throws IOException {
        Intervals intervals = new Intervals();
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] ends = line.split(",", -1);
            long from = ends.length == 2 ? Times.micros(ends[0].strip()) : -1;
            long to = ends.length == 2 ? Times.micros(ends[1].strip()) : -1;
            if (from < 0 || to < from) {
                throw new DataException(file, i + 1, "\"" + line + "\" is no interval: from,to in seconds or dates");
            }
            intervals.all.add(new Interval(from, to));
        }
        return intervals;
    }

    /** Whether a time lies in one of them, both ends included. */
    boolean contain(long micros) {
        return all.stream().anyMatch(i -> micros >= i.fromMicros && micros <= i.toMicros);
    }
}
