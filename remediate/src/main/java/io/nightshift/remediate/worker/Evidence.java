package io.nightshift.remediate.worker;

import io.nightshift.events.ProbeResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what the repair would destroy: the last readings of the instance's own probes, in the evidence folder. */
public final class Evidence {

    private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);

    private final Path folder;

    public Evidence(Path folder) {
        this.folder = folder;
    }

    /** @return the name under which it was kept; empty when it could not be, which does not stop a repair */
    Optional<String> keep(String key, List<ProbeResult> readings) {
        String name = key.replace('/', '-') + ".txt";
        try {
            Files.createDirectories(folder);
            String text = readings.stream()
                    .map(reading -> reading.getAt() + " " + reading.getProbe() + " of " + reading.getSubject() + " "
                            + (reading.getPassed() ? "passed" : "failed") + ": " + reading.getMessage())
                    .collect(Collectors.joining("\n", "", "\n"));
            Files.writeString(folder.resolve(name), text);
            return Optional.of(name);
        } catch (IOException e) {
            LOG.warn("evidence {} could not be kept: {}", name, e.toString());
            return Optional.empty();
        }
    }
}
