package io.nightshift.runtime.testing.sample.names;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Breaks three rules on purpose. */
final class ThingManager {

    private ThingManager() {}

    static String read() throws IOException {
        return Files.readString(Path.of(System.getenv("THING")));
    }
}
