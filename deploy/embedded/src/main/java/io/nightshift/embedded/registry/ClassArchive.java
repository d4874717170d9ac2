package io.nightshift.embedded.registry;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The JVM's archive of loaded classes (JEP 350), which halves the registry's start. The first run writes it when it
 * stops; a JVM ignores an archive that is not its own.
 *
 * @param file the finished archive
 * @param next what a run is writing; it becomes the archive only after a complete stop
 */
record ClassArchive(Path file, Path next) {
    private static final String PREFIX = "registry-classes-";

    /** The archive for this very runner and JVM; archives of others are deleted, for each takes some 80 MB. */
    static ClassArchive of(Path runner, Path folder) throws IOException {
        String key = Runtime.version() + " " + runner + " " + Files.getLastModifiedTime(runner);
        Path file = folder.resolve(PREFIX + Integer.toHexString(key.hashCode()) + ".jsa");
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path archive : archives) {
                if (!archive.equals(file)) {
                    Files.delete(archive);
                }
            }
        }
        return new ClassArchive(file, file.resolveSibling(file.getFileName() + ".next"));
    }

    String jvmOption() {
        return Files.exists(file) ? "-XX:SharedArchiveFile=" + file : "-XX:ArchiveClassesAtExit=" + next;
    }

    void keepWhatTheRunWrote() throws IOException {
        if (Files.exists(next)) {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
