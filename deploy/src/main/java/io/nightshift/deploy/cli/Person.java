package io.nightshift.deploy.cli;

import picocli.CommandLine.Option;

/** Who decides, and why: the options that every decision shares. */
public final class Person {

    @Option(names = "--as", description = "Who decides. Default: the user of this machine.")
    private String name = System.getProperty("user.name", "operator");

    @Option(names = "--reason", defaultValue = "", description = "Why, for the ledger.")
    private String reason;

    public String name() {
        return name;
    }

    public String reason() {
        return reason;
    }
}
