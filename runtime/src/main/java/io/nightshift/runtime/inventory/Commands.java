package io.nightshift.runtime.inventory;

import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads argv templates and refuses what could reach a shell. */
final class Commands {

    /** Placeholders of commands that look. */
    static final Set<String> LOOK = Set.of("instance", "service");
    /** Placeholders of commands that act; besides these an action's declared arguments, as {@code {arg.name}}. */
    static final Set<String> ACT =
            Set.of("instance", "service", "actionId", "token", "planHash", "version", "previousVersion");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)\\}");
    private static final String ARGUMENT = "arg.";
    private static final Set<String> SHELLS = Set.of(
            "sh",
            "bash",
            "dash",
            "ash",
            "zsh",
            "ksh",
            "mksh",
            "csh",
            "tcsh",
            "fish",
            "rbash",
            "busybox",
            "toybox",
            "cmd",
            "cmd.exe",
            "powershell",
            "powershell.exe",
            "pwsh",
            "pwsh.exe",
            "env",
            "xargs",
            "nohup",
            "setsid",
            "sudo",
            "su",
            "doas",
            "ssh",
            "eval",
            "timeout",
            "nice",
            "script",
            "watch");
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private Commands() {}

    /** A mapping that is a command and nothing else. */
    static CommandSpec alone(ConfigNode node, Duration defaultTimeout, Set<String> placeholders) {
        return of(node.allowOnly(Set.of("argv", "command", "timeout")), defaultTimeout, placeholders);
    }

    /** A command under {@code argv} (or {@code command}) and {@code timeout}. */
    static CommandSpec of(ConfigNode node, Duration defaultTimeout, Set<String> placeholders) {
        ConfigNode list = node.get("argv").orElseGet(() -> node.get("command")
                .orElseThrow(() -> node.error("'argv' is missing; write the program and its arguments as a list")));
        List<String> argv = new ArrayList<>();
        for (ConfigNode item : list.items()) {
            argv.add(item.text());
            checkPlaceholders(item, placeholders);
        }
        checkProgram(list, argv);
        return new CommandSpec(argv, timeout(node, defaultTimeout));
    }

    private static Duration timeout(ConfigNode node, Duration defaultTimeout) {
        Duration timeout = node.duration("timeout", defaultTimeout);
        if (timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
            throw node.require("timeout").error("must be above zero and at most 30m");
        }
        return timeout;
    }

    /** The program itself must be fixed: a placeholder or a launcher there could turn an argument into a command. */
    private static void checkProgram(ConfigNode list, List<String> argv) {
        if (argv.isEmpty() || argv.get(0).isBlank()) {
            throw list.error("the list is empty; name the program and its arguments");
        }
        String program = argv.get(0);
        if (PLACEHOLDER.matcher(program).find()) {
            throw list.error("the program '" + program + "' must not contain a placeholder; name it in full");
        }
        String name = program.substring(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1)
                .toLowerCase(Locale.ROOT);
        if (SHELLS.contains(name)) {
            throw list.error("'" + program + "' can run other commands, and no shell or launcher is allowed here;"
                    + " name the program itself, or put the steps into a script file and name that");
        }
    }

    private static void checkPlaceholders(ConfigNode item, Set<String> known) {
        Matcher matcher = PLACEHOLDER.matcher(item.text());
        while (matcher.find()) {
            String name = matcher.group(1);
            boolean isArgument = known == ACT && name.startsWith(ARGUMENT);
            if (!known.contains(name) && !isArgument) {
                throw item.error("the placeholder {" + name + "} is unknown; " + Nearest.remedy(name, known));
            }
        }
    }
}
