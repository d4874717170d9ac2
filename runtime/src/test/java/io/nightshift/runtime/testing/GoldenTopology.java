package io.nightshift.runtime.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.streams.Topology;

/**
 * Makes a change of a topology's shape visible in review: its description is compared with
 * {@code src/test/resources/topology/<name>.txt}. A changed shape can orphan state and repartition topics of a running
 * installation, so it must be looked at. Update with {@code -Dgolden.update=true}.
 */
public final class GoldenTopology {

    private static final String UPDATE = "golden.update";
    private static final Path FOLDER = Path.of("src", "test", "resources", "topology");

    private GoldenTopology() {}

    public static void assertMatches(Topology topology, String resourceName) {
        assertMatches(topology, FOLDER, resourceName, Boolean.getBoolean(UPDATE));
    }

    static void assertMatches(Topology topology, Path folder, String resourceName, boolean update) {
        String actual = topology.describe().toString().replace("\r\n", "\n");
        Path golden = folder.resolve(resourceName + ".txt");
        try {
            if (update) {
                Files.createDirectories(folder);
                Files.writeString(golden, actual);
                return;
            }
            if (!Files.exists(golden)) {
                fail("There is no golden file %s. Write it with -D%s=true, read it, and commit it.", golden, UPDATE);
            }
            String expected = Files.readString(golden, StandardCharsets.UTF_8).replace("\r\n", "\n");
            assertThat(actual)
                    .as("shape of topology %s; when meant, update %s with -D%s=true", resourceName, golden, UPDATE)
                    .isEqualTo(expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
