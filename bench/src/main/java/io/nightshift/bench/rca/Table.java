package io.nightshift.bench.rca;

import io.nightshift.bench.Csv;
import io.nightshift.bench.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A CSV file with one heading, and files of a folder by their endings, plain or gzipped. */
final class Table {

    private final Path file;
    private final List<String> heading;
    private final List<List<String>> rows;

    private Table(Path file, List<List<String>> all) {
        if (all.isEmpty()) {
            throw new DataException(file, "is empty");
        }
        this.file = file;
        this.heading = all.get(0);
        this.rows = all.subList(1, all.size());
    }

    static Table read(Path file) throws IOException {
        return new Table(file, Csv.read(file));
    }

    List<String> heading() {
        return heading;
    }

    List<List<String>> rows() {
        return rows;
    }

    /** Index of a column that must be there. */
    int column(String name) {
        return optionalColumn(name).orElseThrow(() -> new DataException(file, 1, "has no column \"" + name + "\""));
    }

    Optional<Integer> optionalColumn(String name) {
        int index = heading.indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(index);
    }

    /** Not-a-number when the cell is missing or is no number. */
    static double number(List<String> row, int column) {
        if (column < 0 || column >= row.size() || row.get(column).isBlank()) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(row.get(column));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** The file in its plain or its gzipped form, whichever is there. */
    static Optional<Path> plainOrZipped(Path file) {
        Path zipped = file.resolveSibling(file.getFileName() + ".gz");
        return Stream.of(file, zipped).filter(Files::isRegularFile).findFirst();
    }

    static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }
}
