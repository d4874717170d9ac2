package io.nightshift.deploy.cli;

import io.nightshift.deploy.home.StartException;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.schemas.signing.SigningKey;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code nightshift key}: a key of one's own, for where two people are needed. */
@Command(
        name = "key",
        description = {
            "Makes a signing key for a person, and its public half beside it. Keep the key to yourself; whoever runs",
            "Nightshift puts the public half among the trusted keys, and starts it anew."
        },
        footer = {"", "Exit status: 0 made, 2 usage, 3 the file can't be written."})
public final class KeyCommand implements Callable<Integer> {

    @Mixin
    private Home home;

    @Parameters(paramLabel = "FILE", description = "File for the key; it must not exist yet.")
    private Path file;

    @Override
    public Integer call() {
        Path open = file.resolveSibling(file.getFileName() + TrustedKeys.SUFFIX);
        if (Files.exists(file) || Files.exists(open)) {
            throw new UsageException(file + " or its public half is there already; name another file");
        }
        try {
            SigningKey key = SigningKey.generate();
            key.write(file);
            Files.writeString(open, key.publicPem());
            System.out.println("key " + key.keyId() + " is in " + file + "; trust it by copying " + open
                    + " to stages/remediate/trusted in the installation's folder");
            return 0;
        } catch (IOException e) {
            throw new StartException("the key can't be written to " + file + ": " + e.getMessage(), e);
        }
    }
}
