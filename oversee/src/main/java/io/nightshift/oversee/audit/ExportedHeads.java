package io.nightshift.oversee.audit;

import io.nightshift.oversee.domain.audit.AuditHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Heads of the ledger written to a file outside Kafka, one {@code sequence hash} a line. Copy the file to another machine: only
 * a head that the ledger's keeper can't reach proves that its end was not cut off.
 */
public final class ExportedHeads {

    private ExportedHeads() {}

    /** Hashes by sequence; empty when the file does not exist. */
    public static Map<Long, String> read(Path file) {
        Map<Long, String> heads = new HashMap<>();
        if (!Files.exists(file)) {
            return heads;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                String[] parts = line.split(" ", 2);
                if (parts.length == 2) {
                    heads.put(Long.parseLong(parts[0]), parts[1]);
                }
            }
        } catch (IOException | NumberFormatException e) {
            throw new IllegalStateException(
                    "the file of exported heads " + file + " can't be read: " + e.getMessage(), e);
        }
        return heads;
    }

    /** Appends a head and forces it to disk. */
    public static void append(Path file, AuditHead head) {
        try {
            Files.writeString(
                    file,
                    head.sequence() + " " + head.hash() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.DSYNC);
        } catch (IOException e) {
            throw new UncheckedIOException("the head of the ledger can't be exported to " + file, e);
        }
    }
}
