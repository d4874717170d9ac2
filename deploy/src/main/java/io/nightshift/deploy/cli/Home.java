package io.nightshift.deploy.cli;

import io.nightshift.deploy.home.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the installation is: the option that every command shares. */
public final class Home {

    /** Set by the launcher: the checkout or the unpacked distribution. */
    private static final String HOME = "nightshift.home";

    @Option(
            names = "--folder",
            description =
                    "The installation's folder. Default: var/nightshift for run, var/demo for demo; other commands use"
                            + " the one that runs.")
    private Path folder;

    /** The folder that was named, or {@code var/<fallback>} below the current folder's checkout. */
    public Path folder(String fallback) {
        return folder != null ? folder.toAbsolutePath() : home().resolve("var").resolve(fallback);
    }

    public Optional<Path> named() {
        return Optional.ofNullable(folder).map(Path::toAbsolutePath);
    }

    /**
     * The file that was named, which must be there.
     *
     * @throws UsageException when it is not
     */
    static Path existing(Path file) {
        if (!Files.exists(file)) {
            throw new UsageException(file + ": there is no such file; check the path");
        }
        return file;
    }

    /** The checkout or the unpacked distribution. */
    public static Path home() {
        return Path.of(System.getProperty(HOME, ".")).toAbsolutePath().normalize();
    }

    /** The unpacked registry that the build leaves there. */
    public static Path registryDistribution() {
        return home().resolve("deploy/embedded/target/registry");
    }
}
