package io.nightshift.deploy.home;

import io.nightshift.deploy.pipeline.StageName;
import io.nightshift.oversee.audit.HeadExport;
import io.nightshift.remediate.RemediateSettings;
import io.nightshift.schemas.signing.SigningKey;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder in which an installation keeps what is its own: the embedded broker's data, Streams' stores, keys, the halt file,
 * and how the command line reaches the running process. Everything that Nightshift writes stands below it.
 */
public record Installation(Path folder) {

    private static final String DEMO_MARKER = ".nightshift-demo";

    public Installation {
        folder = folder.toAbsolutePath().normalize();
    }

    /**
     * Opens the folder, making it where it does not exist.
     *
     * @throws StartException when it can't be written
     */
    public static Installation open(Path folder) {
        Installation installation = new Installation(folder);
        try {
            Files.createDirectories(installation.folder());
            Path trial = Files.createTempFile(installation.folder(), "writable", "");
            Files.delete(trial);
        } catch (IOException e) {
            throw new StartException(
                    "the folder " + installation.folder() + " can't be written (" + e.getMessage()
                            + "); give a folder that this user may write with --folder",
                    e);
        }
        return installation;
    }

    public Path broker() {
        return folder.resolve("broker");
    }

    public Path registry() {
        return folder.resolve("registry");
    }

    /** Streams' stores; they can be deleted while nothing runs, and are rebuilt from Kafka. */
    public Path state() {
        return folder.resolve("state");
    }

    /** While this file exists nothing acts, whatever Kafka says. */
    public Path haltFile() {
        return stage(StageName.REMEDIATE.label()).resolve(RemediateSettings.HALT_FILE);
    }

    public Path connectionFile() {
        return folder.resolve("connection.properties");
    }

    /** Heads of the audit ledger, one a line; copy them elsewhere to notice a ledger that was cut off. */
    public Path auditHeads() {
        return stage(StageName.OVERSEE.label()).resolve(HeadExport.FILE);
    }

    public Path operatorKeyFile() {
        return folder.resolve("keys").resolve("operator.pem");
    }

    /** Public keys of the people whose approvals count. */
    public Path trustedKeys() {
        return stage(StageName.REMEDIATE.label()).resolve(RemediateSettings.TRUSTED_KEYS);
    }

    /** The folder of one stage for its own files. */
    public Path stage(String name) {
        return folder.resolve("stages").resolve(name);
    }

    /** The key of the person at this machine, made at first use and trusted from then on. */
    public SigningKey operatorKey() {
        try {
            Files.createDirectories(operatorKeyFile().getParent());
            Files.createDirectories(trustedKeys());
            return SigningKey.readOrCreate(operatorKeyFile(), trustedKeys().resolve("operator" + TrustedKeys.SUFFIX));
        } catch (IOException e) {
            throw new StartException("the operator's key can't be read or made: " + e.getMessage(), e);
        }
    }

    /** Whether the process that wrote the connection file lives. */
    private boolean isInUse() {
        return Connection.read(connectionFile())
                .flatMap(connection -> ProcessHandle.of(connection.pid()))
                .map(ProcessHandle::isAlive)
                .orElse(false);
    }

    /**
     * Whether a demo may empty the folder: it is empty already, or an earlier demo marked it as its own.
     *
     * @throws StartException when the folder holds something else, or a Nightshift runs in it
     */
    public void refuseUnlessADemos() {
        if (isInUse()) {
            throw new StartException("a Nightshift runs in " + folder
                    + "; stop it first, or give the demo another folder with --folder");
        }
        if (!contents().isEmpty() && !Files.exists(folder.resolve(DEMO_MARKER))) {
            throw new StartException("the folder " + folder
                    + " is not empty and not a demo's, or no longer since something else ran in it;"
                    + " the demo empties its folder, so give it one of its own with --folder");
        }
    }

    /**
     * Empties the folder, for the demo, which begins anew each time.
     *
     * @throws StartException as {@link #refuseUnlessADemos}
     */
    public void beginAnew() {
        refuseUnlessADemos();
        contents().forEach(Installation::delete);
        try {
            Files.createFile(folder.resolve(DEMO_MARKER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything below the folder, the deepest first. */
    private List<Path> contents() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> !file.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From here on the folder holds what is not a demo's: no later demo empties it. */
    public void outliveDemos() {
        delete(folder.resolve(DEMO_MARKER));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
