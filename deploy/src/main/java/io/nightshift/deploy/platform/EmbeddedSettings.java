package io.nightshift.deploy.platform;

import io.nightshift.runtime.config.ConfigNode;
import java.util.Set;

/**
 * Ports and size of the embedded broker and registry.
 *
 * @param brokerPort loopback port of Kafka; 0 for any free one
 * @param registryPort loopback port of the registry; 0 for any free one
 * @param capBytes bytes on disk from which on a warning is given
 */
public record EmbeddedSettings(int brokerPort, int registryPort, long capBytes) {

    private static final long MIB = 1024L * 1024;

    public static EmbeddedSettings from(ConfigNode config) {
        config.allowOnly(Set.of("kafkaPort", "registryPort", "capMegabytes"));
        return new EmbeddedSettings(
                config.integer("kafkaPort", 9092),
                config.integer("registryPort", 8081),
                config.integer("capMegabytes", 4096) * MIB);
    }
}
