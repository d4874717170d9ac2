package io.nightshift.embedded.registry;

import io.nightshift.embedded.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;

/** Broker and registry as the all-in-one process runs them, in a process that a test kills. */
public final class RegistryParent {
    static final String READY = "registry=";

    private RegistryParent() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedBroker broker = EmbeddedBroker.start(
                EmbeddedBroker.Settings.in(Path.of(arguments[1]).resolve("broker")));
        EmbeddedRegistry registry = EmbeddedRegistry.start(new EmbeddedRegistry.Settings(
                Path.of(arguments[0]), Path.of(arguments[1]), 0, broker.clientProperties()));
        try {
            registry.awaitReady(Duration.ofSeconds(60));
        } catch (RuntimeException e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.out.println(READY + registry.pid());
        Thread.currentThread().join();
    }
}
