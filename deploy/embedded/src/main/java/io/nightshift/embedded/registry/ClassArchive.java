package io.nightshift.embedded.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The JVM's archive of the registry's loaded classes (JEP 350), which makes a start take a quarter of the time. The
 * build records it ({@link ClassArchiveRecorder}), for writing its 80 MB takes seconds and would else delay a stop. A
 * JVM ignores an archive that is not its own, and one whose jars have changed since.
 *
 * @param file where the archive of this runner and this JVM is, or would be
 */
record ClassArchive(Path file) {
    /** Beside the runner, one for each version of Java that builds here; cleaning the build deletes them. */
    static ClassArchive of(RegistryDistribution distribution) throws IOException {
        Path runner = distribution.runner();
        String key = Runtime.version() + " " + runner + " " + Files.getLastModifiedTime(runner);
        return new ClassArchive(runner.resolveSibling("classes-" + Integer.toHexString(key.hashCode()) + ".jsa"));
    }

    boolean recorded() {
        return Files.exists(file);
    }

    /** The options of a JVM that uses the archive: none when it was not recorded. */
    List<String> use() {
        return recorded() ? List.of("-XX:SharedArchiveFile=" + file) : List.of();
    }

    /** The options of a JVM that writes an archive to a draft when it stops. */
    static List<String> record(Path draft) {
        return List.of("-XX:ArchiveClassesAtExit=" + draft);
    }

    /** Makes a complete draft the archive. */
    void publish(Path draft) throws IOException {
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
