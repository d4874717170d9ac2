package io.nightshift.deploy.demo;

import io.nightshift.deploy.home.Installation;
import io.nightshift.deploy.run.NightshiftSettings;
import io.nightshift.remediate.policy.PolicyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The configuration that the demo runs with, written to its folder so that anybody can read it and start from it. It differs
 * from production where a demo has to be short, and says so.
 */
record DemoFiles(Path config, Path inventory) {

    /** What the built-in policy leaves to people and the shop does not: journals are copies, and a certificate is replaced again. */
    private static final String ALSO_ALONE = """

            // The shop's own rule, below those of the cautious profile: at level 4 disk is freed and certificates are rotated
            // without a question. The profile "standard" has a like rule for everything compensable, from level 5 on.
            @id("the-shop-frees-disk-and-rotates-certificates")
            permit (principal, action == Action::"act", resource in Environment::"demo")
            when {
                context.level >= 4 &&
                context.confidence >= 60 &&
                context.reversibility == "COMPENSABLE" &&
                ["DISK_FILLING", "CERTIFICATE_EXPIRY"].contains(context.cause)
            };
            """;

    static DemoFiles write(Installation installation, DemoSettings demo) throws IOException {
        Path inventory = installation.folder().resolve("inventory.yaml");
        Path config = installation.folder().resolve("nightshift.yaml");
        Files.writeString(config, text(demo));
        Files.writeString(installation.folder().resolve("policy.cedar"), policy());
        return new DemoFiles(config, inventory);
    }

    /** What will stand in the configuration file. */
    static NightshiftSettings settings(Installation installation, DemoSettings demo) {
        return NightshiftSettings.parse(text(demo), installation.folder());
    }

    /** The cautious profile, and what the shop permits beside it. */
    static String policy() {
        return PolicyText.cautious().text() + ALSO_ALONE;
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
                  policy: policy.cedar  # default: the profile cautious; the file says what it permits beside
                  soak: 8s              # 1m
                  verifyWithin: 90s     # 10m
                  holdFor: %ds          # 1d
                """.formatted(demo.otlpHttpPort(), demo.holdFor().toSeconds());
    }
}
