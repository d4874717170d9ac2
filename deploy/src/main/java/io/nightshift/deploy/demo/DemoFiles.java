package io.nightshift.deploy.demo;

import io.nightshift.deploy.home.Installation;
import io.nightshift.deploy.run.NightshiftSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The configuration that the demo runs with, written to its folder so that anybody can read it and start from it. It differs
 * from production where a demo has to be short, and says so.
 */
record DemoFiles(Path config, Path inventory) {

    static DemoFiles write(Installation installation, DemoSettings demo) throws IOException {
        Path inventory = installation.folder().resolve("inventory.yaml");
        Path config = installation.folder().resolve("nightshift.yaml");
        Files.writeString(config, text(demo));
        return new DemoFiles(config, inventory);
    }

    /** What will stand in the configuration file. */
    static NightshiftSettings settings(Installation installation, DemoSettings demo) {
        return NightshiftSettings.parse(text(demo), installation.folder());
    }

    private static String text(DemoSettings demo) {
        return """
                # Written by ./nightshift demo. Comments name what production uses where the demo is in a hurry.
                inventory: inventory.yaml
                ingest:
                  ticks:
                    lateness: 2s        # 5s
                  otlp:
                    http:
                      port: %d
                investigate:
                  deadline: 20s         # 60s
                remediate:
                  soak: 8s              # 1m
                  verifyWithin: 90s     # 10m
                  holdFor: %ds          # 1d
                """.formatted(demo.otlpHttpPort(), demo.holdFor().toSeconds());
    }
}
