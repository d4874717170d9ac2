package io.nightshift.deploy.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.nightshift.deploy.home.Installation;
import io.nightshift.deploy.platform.Platform;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.StageHealth;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.inventory.Inventory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The stages of one process, started together and stopped in the reverse order. */
public final class Pipeline implements AutoCloseable {

    private final List<Stage> parts;

    private Pipeline(List<Stage> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Builds and starts the stages; their parts come up side by side. */
    public static Pipeline start(
            Collection<StageName> stages,
            Platform platform,
            Installation installation,
            ConfigNode config,
            Inventory inventory,
            MeterRegistry meters) {
        List<Stage> parts = new ArrayList<>();
        for (StageName stage : stages) {
            parts.addAll(stage.parts(context(stage, platform, installation, config, inventory, meters)));
        }
        Pipeline pipeline = new Pipeline(parts);
        try {
            parts.forEach(Stage::start);
            return pipeline;
        } catch (RuntimeException e) {
            pipeline.close();
            throw e;
        }
    }

    /** What one stage is given. */
    public static StageContext context(
            StageName stage,
            Platform platform,
            Installation installation,
            ConfigNode config,
            Inventory inventory,
            MeterRegistry meters) {
        Path folder = installation.stage(stage.label());
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new StageContext(
                platform.topics(),
                platform.kafka(),
                config.section(stage.label()),
                inventory,
                meters,
                folder,
                Clock.systemUTC());
    }

    public List<Stage> parts() {
        return parts;
    }

    /** How each part is, by name, in pipeline order. */
    public Map<String, StageHealth> health() {
        Map<String, StageHealth> health = new LinkedHashMap<>();
        parts.forEach(part -> health.put(part.name(), part.health()));
        return health;
    }

    public boolean isRunning() {
        return parts.stream().allMatch(part -> part.health().isRunning());
    }

    @Override
    public void close() {
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).close();
        }
    }
}
