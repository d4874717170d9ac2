package io.nightshift.deploy.cli;

import io.nightshift.deploy.home.Installation;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.schemas.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Who decides, and why: the options that every decision shares. */
public final class Person {

    @Option(names = "--as", description = "Who decides. Default: the user of this machine.")
    private String name = System.getProperty("user.name", "operator");

    @Option(names = "--reason", defaultValue = "", description = "Why, for the ledger.")
    private String reason;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Key to sign with, as ./nightshift key makes one. Default: the installation's operator key.")
    private Path key;

    /** The key to sign with. */
    SigningKey signingKey(Installation installation) {
        if (key == null) {
            return installation.operatorKey();
        }
        try {
            return SigningKey.read(Home.existing(key));
        } catch (IOException e) {
            throw new UsageException(
                    key + ": it holds no signing key (" + e.getMessage() + "); ./nightshift key FILE makes one", e);
        }
    }

    public String name() {
        return name;
    }

    public String reason() {
        return reason;
    }
}
