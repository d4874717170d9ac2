package io.nightshift.remediate.worker;

import io.nightshift.events.ActionKind;
import io.nightshift.remediate.RemediateStages;
import io.nightshift.remediate.Stories;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.inventory.CommandSpec;
import io.nightshift.runtime.inventory.CommandTarget;
import io.nightshift.runtime.inventory.Inventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Admission in a process of its own, so that it can be killed. */
final class AdmissionProcess {

    private static final String STATE = "streams";

    private AdmissionProcess() {}

    /** Arguments: prefix, folder, seconds that an effect may take. Connection settings come on standard input. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        Night night = NightProcess.join(args[0], folder);
        CommandSpec command = new CommandSpec(List.of("true"), Duration.ofSeconds(Long.parseLong(args[2])));
        Inventory inventory = new Inventory(
                List.of(Stories.service("inventory", 4), Stories.service("orders", 4)),
                Map.of(
                        "shop",
                        new CommandTarget(
                                "shop",
                                true,
                                Map.of(ActionKind.RESTART, command, ActionKind.ROLL_BACK_RELEASE, command),
                                command)));
        Stage admission = RemediateStages.of(night.context(inventory, """
                        settle: 1s
                        verifyWithin: 3s
                        """)).get(0);
        admission.start();
    }

    static Process start(Night night, String prefix, Path folder, Duration timeout) throws IOException {
        return NightProcess.start(
                AdmissionProcess.class,
                night,
                folder.resolve("admission.log"),
                List.of(prefix, folder.toString(), String.valueOf(timeout.toSeconds())));
    }

    /** Ends it as {@code kill -9} does, and deletes its state stores: what is left of them is in Kafka. */
    static void killAndForget(Process admission, Path folder) throws IOException, InterruptedException {
        admission.destroyForcibly().waitFor();
        try (Stream<Path> files = Files.walk(folder.resolve(STATE))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
