package io.nightshift.runtime.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTopologyTest {

    @TempDir
    private Path folder;

    @Test
    void aChangedShapeIsNoticedUntilTheGoldenFileIsUpdated() {
        Topology before = new Topology().addSource("read", "in").addSink("write", "out", "read");
        Topology after = new Topology().addSource("read", "in").addSink("write", "elsewhere", "read");

        assertThatThrownBy(() -> GoldenTopology.assertMatches(before, folder, "copy", false))
                .hasMessageContaining("There is no golden file")
                .hasMessageContaining("-Dgolden.update=true");
        GoldenTopology.assertMatches(before, folder, "copy", true);
        assertThatCode(() -> GoldenTopology.assertMatches(before, folder, "copy", false))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> GoldenTopology.assertMatches(after, folder, "copy", false))
                .hasMessageContaining("shape of topology copy")
                .hasMessageContaining("elsewhere");
    }
}
