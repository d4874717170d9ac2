package io.nightshift.deploy;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code nightshift} command. */
@Command(
        name = "nightshift",
        description = "Autonomous IT operations on Kafka: detect, explain, repair, verify, learn.",
        version = "Nightshift 0.1.0",
        mixinStandardHelpOptions = true)
public final class NightshiftCommand implements Runnable {

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new NightshiftCommand()).execute(arguments));
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
