package io.nightshift.deploy.cli;

import io.nightshift.events.HaltMode;
import io.nightshift.oversee.people.Controls;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stops every action at once. */
@Command(
        name = "halt",
        description =
                "Stops every action before its next step; it stays so, also over restarts, until ./nightshift resume.")
public final class HaltCommand implements Callable<Integer> {

    @Mixin
    private Home home;

    @Mixin
    private Person person;

    @Option(names = "--freeze", description = "Stop compensations too, such as bringing drained instances back.")
    private boolean freeze;

    @Override
    public Integer call() {
        Client client = Client.connect(home);
        try (Controls controls = client.controls()) {
            controls.write(freeze ? HaltMode.FREEZE : HaltMode.HALT, person.name(), person.reason(), "cli");
        }
        System.out.println((freeze ? "frozen" : "halted") + "; ./nightshift resume lifts it");
        return 0;
    }
}
