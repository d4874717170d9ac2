package io.nightshift.deploy.run;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nightshift.deploy.home.Connection;
import io.nightshift.deploy.home.Installation;
import io.nightshift.deploy.home.StartException;
import io.nightshift.deploy.pipeline.Pipeline;
import io.nightshift.deploy.pipeline.StageName;
import io.nightshift.deploy.platform.EmbeddedPlatform;
import io.nightshift.deploy.platform.ExternalPlatform;
import io.nightshift.deploy.platform.Platform;
import io.nightshift.oversee.console.ConsoleStage;
import io.nightshift.oversee.people.Controls;
import io.nightshift.remediate.RemediateStages;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.StageHealth;
import io.nightshift.runtime.health.HealthEndpoint;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;

/** One process of Nightshift: the platform below, stages above, and how others reach it. */
public final class NightshiftProcess implements AutoCloseable {

    private static final long LOOK_MILLIS = 50;

    private final NightshiftSettings settings;
    private final Installation installation;
    private final Platform platform;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private Pipeline pipeline;
    private HealthEndpoint health;
    private Controls controls;
    private ConsoleStage console;

    private NightshiftProcess(NightshiftSettings settings, Installation installation, Platform platform) {
        this.settings = settings;
        this.installation = installation;
        this.platform = platform;
    }

    /**
     * Brings up, or connects to, Kafka and the registry. No stage runs yet.
     *
     * @param distribution folder of the unpacked registry, for the embedded platform
     * @throws RuntimeException with a message for people
     */
    public static NightshiftProcess prepare(NightshiftSettings settings, Path distribution) {
        settings.health(); // a wrong setting is told before anything is started
        Installation installation = Installation.open(settings.folder());
        installation.operatorKey();
        Platform platform = settings.isEmbedded()
                ? EmbeddedPlatform.start(installation, settings.embedded(), settings.topics(), distribution)
                : ExternalPlatform.connect(
                        settings.config().section("kafka"),
                        settings.config().section("registry"),
                        settings.topics(),
                        installation.state());
        return new NightshiftProcess(settings, installation, platform);
    }

    /** Starts every stage. */
    public void startStages() {
        startStages(EnumSet.allOf(StageName.class));
    }

    /** Starts these stages; {@link #awaitRunning} waits for them. */
    public void startStages(Collection<StageName> stages) {
        pipeline = Pipeline.start(stages, platform, installation, settings.config(), settings.inventory(), meters);
        health = listen();
        if (stages.contains(StageName.OVERSEE)) {
            openConsole();
        }
        new Connection(
                        platform.kafka().bootstrapServers(),
                        platform.registryUrl(),
                        settings.topics().prefix(),
                        consoleUrl(),
                        "http://" + settings.health().getHostString() + ":" + health.port() + "/health",
                        settings.inventoryFile()
                                .map(file -> file.toAbsolutePath().toString())
                                .orElse(""),
                        ProcessHandle.current().pid(),
                        platform.kafka().security())
                .write(installation.connectionFile());
    }

    private void openConsole() {
        controls = new Controls(
                platform.kafka(),
                platform.topics(),
                installation.operatorKey(),
                installation.haltFile(),
                Clock.systemUTC());
        console = ConsoleStage.of(
                context(StageName.OVERSEE),
                controls,
                RemediateStages.trustedKeys(context(StageName.REMEDIATE)),
                this::health);
        try {
            console.start();
        } catch (IllegalStateException e) {
            throw new StartException(e.getMessage(), e); // the port is taken
        }
    }

    private StageContext context(StageName stage) {
        return Pipeline.context(stage, platform, installation, settings.config(), settings.inventory(), meters);
    }

    /** Where people find the console; empty when this process has none. */
    public String consoleUrl() {
        return console == null ? "" : console.url();
    }

    /**
     * How to sign in there: the login URL for a person at a terminal. Anywhere else what is printed ends up in logs, and whoever
     * reads the token can approve, so that only its place is told.
     */
    public String consoleSignIn(boolean atTerminal) {
        if (console == null) {
            return "";
        }
        return atTerminal
                ? console.loginUrl()
                : "the token is in "
                        + installation.stage(StageName.OVERSEE.label()).resolve("console-token");
    }

    private HealthEndpoint listen() {
        try {
            return HealthEndpoint.start(settings.health(), pipeline.parts(), meters);
        } catch (UncheckedIOException e) {
            throw new StartException(e.getMessage(), e);
        }
    }

    /**
     * Waits until every part runs.
     *
     * @throws StartException naming the parts that don't, when a part failed or the limit passed
     */
    public void awaitRunning(Duration limit) throws InterruptedException {
        platform.awaitReady();
        long end = System.nanoTime() + limit.toNanos();
        while (!pipeline.isRunning()) {
            boolean failed = pipeline.parts().stream()
                    .map(Stage::health)
                    .anyMatch(health -> health.state() == StageHealth.State.FAILED);
            if (failed || System.nanoTime() > end) {
                throw new StartException("these parts do not run: " + notRunning());
            }
            synchronized (this) {
                wait(LOOK_MILLIS); // a stage's health has no listener
            }
        }
    }

    private String notRunning() {
        return pipeline.health().entrySet().stream()
                .filter(entry -> !entry.getValue().isRunning())
                .map(entry -> entry.getKey() + " (" + entry.getValue().state() + " "
                        + entry.getValue().detail() + ")")
                .collect(Collectors.joining(", "));
    }

    public Platform platform() {
        return platform;
    }

    public Installation installation() {
        return installation;
    }

    public Map<String, StageHealth> health() {
        return pipeline.health();
    }

    public PrometheusMeterRegistry meters() {
        return meters;
    }

    @Override
    public void close() {
        if (console != null) {
            console.close();
            controls.close();
        }
        if (health != null) {
            health.close();
        }
        if (pipeline != null) {
            pipeline.close();
        }
        platform.close();
        meters.close();
    }
}
