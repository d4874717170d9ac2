package io.nightshift.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads comma-separated values as RFC 4180 has them, a line break in quotes included; gzipped when the name ends so. */
public final class Csv {

    private final Path file;
    private final List<List<String>> rows = new ArrayList<>();
    private List<String> row = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();

    private Csv(Path file) {
        this.file = file;
    }

    /** All rows, the header first. */
    public static List<List<String>> read(Path file) throws IOException {
        Csv csv = new Csv(file);
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
                BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            csv.read(reader);
        }
        return csv.rows;
    }

    private void read(BufferedReader reader) throws IOException {
        boolean quoted = false;
        int c = reader.read();
        while (c >= 0) {
            int next = reader.read();
            if (quoted && c == '"' && next == '"') {
                field.append('"');
                next = reader.read();
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted) {
                field.append((char) c);
            } else {
                unquoted((char) c);
            }
            c = next;
        }
        if (quoted) {
            throw new DataException(file, rows.size() + 1L, "a quotation does not end: is the file whole?");
        }
        if (field.length() > 0 || !row.isEmpty()) {
            endRow();
        }
    }

    private void unquoted(char c) {
        if (c == ',') {
            endField();
        } else if (c == '\n') {
            endRow();
        } else if (c != '\r') {
            field.append(c);
        }
    }

    private void endField() {
        row.add(field.toString());
        field.setLength(0);
    }

    private void endRow() {
        endField();
        rows.add(row);
        row = new ArrayList<>();
    }
}
