package io.nightshift.bench.log;

import io.nightshift.bench.Csv;
import io.nightshift.bench.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lines of one system with the template that people gave each.
 *
 * @param lines the messages without their headers, in order
 * @param templates the true template of each
 */
record LabelledLog(String system, List<String> lines, List<String> templates) {

    private static final String CORRECTED = "_corrected";
    private static final String STRUCTURED = "log_structured";
    private static final int DEPTH = 4;

    /**
     * Every system under the folder: files named {@code <system>_2k.log_structured*.csv}, gzipped or not. Where both stand, the
     * corrected labels are read (Khan et al., Guidelines for assessing the accuracy of log message template identification
     * techniques, ICSE 2022), else the original ones.
     */
    static List<LabelledLog> readAll(Path folder) throws IOException {
        List<Path> files = structured(folder);
        boolean corrected = files.stream().anyMatch(LabelledLog::isCorrected);
        List<LabelledLog> logs = new ArrayList<>();
        for (Path file : files) {
            if (isCorrected(file) == corrected) {
                logs.add(read(file));
            }
        }
        if (logs.isEmpty()) {
            throw new DataException(
                    folder, "no file *" + STRUCTURED + "*.csv or .csv.gz under it: give a folder laid out as Loghub's");
        }
        return logs;
    }

    /** The original labels, which published figures refer to. */
    static List<LabelledLog> readOriginal(Path folder) throws IOException {
        List<LabelledLog> logs = new ArrayList<>();
        for (Path file : structured(folder)) {
            if (!isCorrected(file)) {
                logs.add(read(file));
            }
        }
        return logs;
    }

    private static List<Path> structured(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            return all.filter(LabelledLog::isStructured).sorted().toList();
        }
    }

    private static boolean isStructured(Path file) {
        String name = file.getFileName().toString();
        return name.contains(STRUCTURED) && (name.endsWith(".csv") || name.endsWith(".csv.gz"));
    }

    private static boolean isCorrected(Path file) {
        return file.getFileName().toString().contains(CORRECTED);
    }

    private static LabelledLog read(Path file) throws IOException {
        List<List<String>> rows = Csv.read(file);
        if (rows.size() < 2) {
            throw new DataException(file, "no lines in it");
        }
        int content = column(file, rows.get(0), "Content");
        int template = column(file, rows.get(0), "EventTemplate");
        List<String> lines = new ArrayList<>();
        List<String> templates = new ArrayList<>();
        for (int i = 1; i < rows.size(); i++) {
            List<String> row = rows.get(i);
            if (row.size() <= Math.max(content, template)) {
                throw new DataException(file, i + 1L, "too few columns");
            }
            lines.add(row.get(content));
            templates.add(row.get(template));
        }
        String name = file.getFileName().toString();
        return new LabelledLog(name.substring(0, name.indexOf('_')), lines, templates);
    }

    private static int column(Path file, List<String> header, String name) {
        int at = header.indexOf(name);
        if (at < 0) {
            throw new DataException(file, 1, "no column " + name);
        }
        return at;
    }
}
