package io.nightshift.bench.chaos;

import io.nightshift.deploy.FurtherCommand;
import picocli.CommandLine.Command;

/** {@code nightshift chaos}: faults on purpose, and what must hold nevertheless. */
@Command(
        name = "chaos",
        description = "Breaks what Nightshift runs on, again and again, and checks what it did against what it may do.",
        subcommands = RemediateChaos.class)
public final class ChaosCommand implements FurtherCommand {}
