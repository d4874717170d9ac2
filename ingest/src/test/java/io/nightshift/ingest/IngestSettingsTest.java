package io.nightshift.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.ingest.http.Endpoint;
import io.nightshift.ingest.publish.KafkaTime;
import io.nightshift.runtime.config.ConfigException;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.config.EmptyConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestSettingsTest {

    @Test
    void theDefaultsListenOnLoopbackOnly() {
        IngestSettings settings = IngestSettings.from(EmptyConfig.INSTANCE);
        assertThat(settings.grpc()).isEqualTo(new Endpoint("127.0.0.1", 4317));
        assertThat(settings.http()).isEqualTo(new Endpoint("127.0.0.1", 4318));
    }

    private static IngestSettings read(Path folder, String yaml) throws IOException {
        return IngestSettings.from(ConfigFile.read(Files.writeString(folder.resolve("ingest.yaml"), yaml)));
    }

    @Test
    void aFileChangesWhatItNames(@TempDir Path folder) throws Exception {
        IngestSettings settings = read(folder, """
                otlp:
                  grpc: {host: 0.0.0.0, port: 14317}
                maxBodyBytes: 1000
                acknowledgementTimeout: 3s
                spread:
                  demo/shop/gateway: 4
                ticks: {lateness: 2s}
                """);

        assertThat(settings.grpc()).isEqualTo(new Endpoint("0.0.0.0", 14317));
        assertThat(settings.http()).isEqualTo(new Endpoint("127.0.0.1", 4318));
        assertThat(settings.maxBodyBytes()).isEqualTo(1000);
        assertThat(settings.acknowledgement()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.lateness()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.spread().ways()).containsEntry("demo/shop/gateway", 4);
    }

    @Test
    void aMistakeIsNamedWithItsPlace(@TempDir Path folder) {
        assertThatThrownBy(() -> read(folder, "otlp:\n  grcp: {port: 1}\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("ingest.yaml:2")
                .hasMessageContaining("grpc");
        assertThatThrownBy(() -> read(folder, "otlp:\n  http: {port: 70000}\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("65535");
        assertThatThrownBy(() -> read(folder, "maxRequests: 0\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("maxRequests");
    }

    @Test
    void aTakenPortIsNamedWithTheSettingThatChoosesAnother() {
        try (Doors first = Doors.open()) {
            Endpoint taken = new Endpoint("127.0.0.1", first.stage.grpcPort());
            assertThatThrownBy(() -> Doors.on(taken, new Endpoint("127.0.0.1", 0)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.port())
                    .hasMessageContaining("ingest.otlp.grpc.port");
            assertThatThrownBy(() ->
                            Doors.on(new Endpoint("127.0.0.1", 0), new Endpoint("127.0.0.1", first.stage.httpPort())))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("ingest.otlp.http.port");
        }
    }

    @Test
    void kafkaTimeFollowsTheEventWithinBounds() {
        KafkaTime time = new KafkaTime(60_000, 86_400_000);
        long now = 1_000_000_000_000L;
        assertThat(time.clamp(999_999_000_000_000L, now * 1000)).isEqualTo(999_999_000_000L);
        assertThat(time.clamp((now + 3_000_000) * 1000, now * 1000)).isEqualTo(now + 60_000);
        assertThat(time.clamp(0, now * 1000)).isEqualTo(now - 86_400_000);
        assertThat(time.clamp(-5, 0)).isZero();
    }
}
