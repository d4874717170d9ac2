package io.nightshift.deploy.cli;

import io.nightshift.deploy.home.Installation;
import io.nightshift.deploy.pipeline.StageName;
import io.nightshift.deploy.run.Doors;
import io.nightshift.deploy.run.NightshiftProcess;
import io.nightshift.deploy.run.NightshiftSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs Nightshift until it is told to stop. */
@Command(
        name = "run",
        description = {
            "Runs Nightshift until Ctrl-C.",
            "Without a configuration file everything is embedded: one Kafka broker, a registry, all stages."
        })
public final class RunCommand implements Callable<Integer> {

    private static final Duration ALL_RUNNING = Duration.ofSeconds(120);

    @Mixin
    private Home home;

    @Option(names = "--config", description = "Configuration file (YAML); docs/operating.md describes it.")
    private Path config;

    @Parameters(
            arity = "0..*",
            paramLabel = "STAGE",
            description = "Stages to run in this process: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<StageName> stages = List.of();

    @Override
    public Integer call() throws InterruptedException {
        Instant began = Instant.now();
        Path folder = home.folder("nightshift");
        NightshiftSettings settings = config == null
                ? NightshiftSettings.defaults(folder)
                : NightshiftSettings.read(Home.existing(config), folder);
        Collection<StageName> chosen = stages.isEmpty() ? EnumSet.allOf(StageName.class) : EnumSet.copyOf(stages);
        Installation.open(settings.folder());
        settings.check(chosen);
        Doors.of(settings, chosen).check(" or set another port (0: any free one)");
        NightshiftProcess nightshift = NightshiftProcess.prepare(settings, Home.registryDistribution());
        nightshift.installation().outliveDemos(); // once it is ours alone: a demo that runs there keeps its folder
        CountDownLatch told = new CountDownLatch(1);
        Thread closing = new Thread(
                () -> {
                    told.countDown();
                    nightshift.close();
                },
                "nightshift-stop");
        Runtime.getRuntime().addShutdownHook(closing);
        nightshift.startStages(chosen);
        nightshift.awaitRunning(ALL_RUNNING);
        System.out.printf(
                Locale.ROOT,
                "Nightshift runs after %.1f s: %s%n",
                Duration.between(began, Instant.now()).toMillis() / 1000.0,
                nightshift.platform().description());
        if (!nightshift.consoleUrl().isEmpty()) {
            System.out.println("Console: " + nightshift.consoleUrl() + " (to decide there: "
                    + nightshift.consoleSignIn(System.console() != null) + ")");
        }
        told.await();
        return 0;
    }
}
