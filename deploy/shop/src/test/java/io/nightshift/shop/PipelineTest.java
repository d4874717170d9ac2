package io.nightshift.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PipelineTest {

    @Test
    void announcesARolloutAsAStructuredCloudEvent() throws Exception {
        Instant at = Instant.parse("2026-01-01T03:00:00Z");
        JsonNode event = new ObjectMapper()
                .readTree(new Pipeline(URI.create("http://127.0.0.1:1/changes"))
                        .event("inventory", "2.4.0", "2.3.1", "pipeline", at));
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("id").asText()).isNotEmpty();
        assertThat(event.path("type").asText()).isEqualTo("io.nightshift.change.deployment.v1");
        assertThat(event.path("subject").asText()).isEqualTo("demo/shop/inventory");
        assertThat(event.path("time").asText()).isEqualTo("2026-01-01T03:00:00Z");
        assertThat(event.at("/data/version").asText()).isEqualTo("2.4.0");
        assertThat(event.at("/data/previousVersion").asText()).isEqualTo("2.3.1");
        assertThat(event.at("/data/kind").asText()).isEqualTo("DEPLOYMENT");
    }
}
