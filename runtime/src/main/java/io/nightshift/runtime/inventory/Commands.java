package io.nightshift.runtime.inventory;

import io.nightshift.runtime.config.ConfigNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads argv templates and refuses what could reach a shell. */
final class Commands {

    /** Refused as the program and as any later word: {@code docker exec NAME sh -c ...} is a shell too. */
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
            "powershell",
            "powershell.exe",
            "pwsh",
            "pwsh.exe");
    /** Refused as the program: they run what their arguments say. */
    private static final Set<String> LAUNCHERS = Set.of(
            "cmd", "cmd.exe", "env", "xargs", "nohup", "setsid", "sudo", "su", "doas", "ssh", "eval", "timeout", "nice",
            "script", "watch", "stdbuf", "chroot", "unshare", "nsenter", "setpriv", "prlimit", "flock", "runuser",
            "strace", "find", "awk");

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
            Placeholders.check(item, item.text(), placeholders);
        }
        checkProgram(list, argv);
        return new CommandSpec(argv, timeout(node, defaultTimeout));
    }

    static Duration timeout(ConfigNode node, Duration defaultTimeout) {
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
        if (Placeholders.in(program)) {
            throw list.error("the program '" + program + "' must not contain a placeholder; name it in full");
        }
        if (SHELLS.contains(name(program)) || LAUNCHERS.contains(name(program))) {
            throw list.error("'" + program + "' can run other commands, and no shell or launcher is allowed here;"
                    + " name the program itself, or put the steps into a script file and name that");
        }
        for (String word : argv.subList(1, argv.size())) {
            if (SHELLS.contains(name(word))) {
                throw list.error("'" + word + "' is a shell, and none is allowed here, not as an argument either;"
                        + " put the steps into a script file and name that");
            }
        }
    }

    private static String name(String program) {
        return program.substring(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1)
                .toLowerCase(Locale.ROOT);
    }
}
