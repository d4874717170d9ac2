package io.nightshift.runtime.inventory;

import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.EmptyConfig;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the section {@code evidence} of a target: commands that print what a repair would destroy. */
final class EvidenceCommands {

    /** Longest that one may take; a repair waits for them. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int MOST = 8;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private EvidenceCommands() {}

    static SortedMap<String, CommandSpec> of(ConfigNode node) {
        SortedMap<String, CommandSpec> commands = new TreeMap<>();
        if (node == EmptyConfig.INSTANCE) {
            return commands;
        }
        for (String name : node.keys()) {
            commands.put(name, command(name, node.require(name)));
        }
        if (commands.size() > MOST) {
            throw node.error(commands.size() + " commands are too many, for they share the time that a repair waits;"
                    + " keep the " + MOST + " that tell most");
        }
        return commands;
    }

    private static CommandSpec command(String name, ConfigNode node) {
        if (!NAME.matcher(name).matches()) {
            throw node.error(
                    "'" + name + "' is no name of evidence; write lower case letters, digits and dashes, such as"
                            + " heap-histogram");
        }
        CommandSpec command = Commands.alone(node, LONGEST, Placeholders.LOOK);
        if (command.timeout().compareTo(LONGEST) > 0) {
            throw node.require("timeout")
                    .error("must be at most " + LONGEST.toSeconds() + "s: a repair must not wait longer for evidence");
        }
        return command;
    }
}
