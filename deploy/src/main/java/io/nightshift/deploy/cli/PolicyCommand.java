package io.nightshift.deploy.cli;

import io.nightshift.deploy.home.UsageException;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.remediate.policy.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Command;

/** What Nightshift may do alone, and what it must ask about. */
@Command(
        name = "policy",
        description = "What Nightshift may do alone and what it must ask about: Cedar policies.",
        subcommands = {
            PolicyFileCommands.Check.class,
            PolicyFileCommands.Diff.class,
            PolicyFileCommands.Test.class,
            PolicyExplainCommand.class,
            PolicyLiveCommands.Show.class,
            PolicyLiveCommands.Propose.class,
            PolicyLiveCommands.Approve.class
        })
public final class PolicyCommand {

    /**
     * The text of a profile or of a file.
     *
     * @throws UsageException when there is no such file
     */
    static PolicyText text(String profileOrFile) {
        return Arrays.stream(Profile.values())
                .filter(profile -> profile.name().toLowerCase(Locale.ROOT).equals(profileOrFile))
                .findFirst()
                .map(Profile::policy)
                .orElseGet(() -> file(profileOrFile));
    }

    private static PolicyText file(String name) {
        Path file = Path.of(name);
        if (!Files.exists(file)) {
            throw new UsageException(name
                    + ": there is no such file, and it is none of the profiles cautious, standard and regulated;"
                    + " check the path");
        }
        try {
            return new PolicyText(name, Files.readString(file));
        } catch (IOException e) {
            throw new UsageException(name + ": it can't be read as text (" + e.getMessage() + "); check the file", e);
        }
    }
}
