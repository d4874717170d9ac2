package io.nightshift.embedded.registry;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * All that one start of the registry needs, and a restart again.
 *
 * @param archiveOptions JVM options that use or write a {@link ClassArchive}
 * @param folder where its files live
 * @param port the loopback port
 * @param kafka client settings
 */
record RegistryLaunch(
        RegistryDistribution distribution,
        List<String> archiveOptions,
        Path folder,
        int port,
        Map<String, String> kafka) {

    /** The base of the Confluent registry API. */
    URI url() {
        return URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7");
    }
}
