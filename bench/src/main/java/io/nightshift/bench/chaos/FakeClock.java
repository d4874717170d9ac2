package io.nightshift.bench.chaos;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A member's clock of the day, which can be set while it runs; time that has passed is told rightly. Needs libfaketime. */
final class FakeClock {

    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

    private final Path file;
    private final Path library;

    private FakeClock(Path file, Path library) {
        this.file = file;
        this.library = library;
    }

    /**
     * @param file says how far it is off
     * @return empty where the library is not installed
     */
    static Optional<FakeClock> in(Path file) throws IOException {
        try (DirectoryStream<Path> places = Files.newDirectoryStream(Path.of("/usr/lib"))) {
            for (Path place : places) {
                if (Files.exists(place.resolve(LIBRARY))) {
                    return Optional.of(new FakeClock(file, place.resolve(LIBRARY)));
                }
            }
        }
        return Optional.empty();
    }

    /** From a second from now on at the latest. @param shift such as {@code -3h}; {@code +0} is right */
    void set(String shift) throws IOException {
        Files.writeString(file, shift + "\n");
    }

    /** What a member runs below, to have this clock. */
    List<String> command() {
        return List.of(
                "env",
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + file,
                "FAKETIME_CACHE_DURATION=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1");
    }
}
