package io.nightshift.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageHealth;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {

    private static final class Fake implements Stage {
        private StageHealth health = StageHealth.of(StageHealth.State.RUNNING);

        @Override
        public String name() {
            return "detect";
        }

        @Override
        public void start() {}

        @Override
        public StageHealth health() {
            return health;
        }

        @Override
        public void close() {}
    }

    private static HttpResponse<String> send(int port, String method, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .method(method, HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void healthTurnsTo503WhenAStageFailsAndMetricsFollow() throws Exception {
        Fake stage = new Fake();
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (HealthEndpoint endpoint =
                HealthEndpoint.start(new InetSocketAddress("127.0.0.1", 0), List.of(stage), meters)) {
            assertThat(send(endpoint.port(), "GET", "/health").statusCode()).isEqualTo(200);
            assertThat(send(endpoint.port(), "GET", "/metrics").body())
                    .contains("nightshift_stage_running{stage=\"detect\"} 1.0");

            stage.health = new StageHealth(StageHealth.State.FAILED, "said \"no\"\n");
            HttpResponse<String> failed = send(endpoint.port(), "GET", "/health");
            assertThat(failed.statusCode()).isEqualTo(503);
            assertThat(failed.body())
                    .isEqualTo("{\"running\":false,\"stages\":[{\"name\":\"detect\",\"state\":\"FAILED\","
                            + "\"detail\":\"said \\\"no\\\"\\u000a\"}]}\n");
            assertThat(send(endpoint.port(), "GET", "/metrics").body())
                    .contains("nightshift_stage_running{stage=\"detect\"} 0.0");
            assertThat(send(endpoint.port(), "GET", "/healthy").statusCode()).isEqualTo(404);
            assertThat(send(endpoint.port(), "POST", "/health").statusCode()).isEqualTo(405);
            assertThatThrownBy(() -> HealthEndpoint.start(
                            new InetSocketAddress("127.0.0.1", endpoint.port()), List.of(), meters))
                    .hasMessageContaining(String.valueOf(endpoint.port()))
                    .hasMessageContaining("choose another port");
        }
    }
}
