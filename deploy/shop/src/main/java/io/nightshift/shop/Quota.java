package io.nightshift.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What an instance may write into its data folder, counted from the files themselves. */
public final class Quota {
    /** Size of an instance's data volume, in bytes. */
    public static final long BYTES = 8L << 20;

    private static final String PREFIX = "journal-";
    private static final String SUFFIX = ".log";

    private Quota() {}

    public static long used(Path folder) throws IOException {
        long used = 0;
        for (Path file : journals(folder)) {
            try {
                used += Files.size(file);
            } catch (NoSuchFileException e) {
                // deleted since it was listed
            }
        }
        return used;
    }

    /** Journal files that nothing is written to any more, oldest first: all but the newest. */
    public static List<Path> rotated(Path folder) throws IOException {
        List<Path> all = journals(folder);
        return all.isEmpty() ? all : all.subList(0, all.size() - 1);
    }

    /** The number in a journal's name, which grows with time. */
    public static long numberOf(Path journal) {
        String name = journal.getFileName().toString();
        return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }

    private static List<Path> journals(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(PREFIX + "\\d+" + SUFFIX))
                    .sorted(Comparator.comparingLong(Quota::numberOf))
                    .toList();
        }
    }
}
