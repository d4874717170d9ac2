package io.nightshift.embedded.registry;

import io.nightshift.embedded.EmbeddedException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An unpacked {@code io.apicurio:apicurio-registry-app} (classifier {@code all}), as this module's build leaves it: with a
 * Kafka client that can log in on Java 24 and later.
 */
record RegistryDistribution(Path runner) {
    static final String RUNNER_NAME = "apicurio-registry-app-";

    /** @throws EmbeddedException naming the folder and the remedy when no registry is in it */
    static RegistryDistribution in(Path folder) {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, RUNNER_NAME + "*-runner.jar")) {
                for (Path runner : found) {
                    return new RegistryDistribution(runner.toAbsolutePath());
                }
            } catch (IOException e) {
                throw new EmbeddedException("The registry's folder " + folder + " cannot be read", e);
            }
        }
        throw new EmbeddedException("No Apicurio Registry in " + folder.toAbsolutePath()
                + ": build the module deploy/embedded, which unpacks it.");
    }
}
