package io.nightshift.deploy.cli;

import io.nightshift.events.HaltMode;
import io.nightshift.oversee.people.Controls;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lifts a halt. */
@Command(name = "resume", description = "Lifts a halt. Plans from before it are not carried on: Nightshift plans anew.")
public final class ResumeCommand implements Callable<Integer> {

    @Mixin
    private Home home;

    @Mixin
    private Person person;

    @Override
    public Integer call() {
        Client client = Client.connect(home);
        try (Controls controls = client.controls()) {
            controls.write(HaltMode.RESUME, person.name(), person.reason(), "cli");
        }
        System.out.println("resumed");
        return 0;
    }
}
