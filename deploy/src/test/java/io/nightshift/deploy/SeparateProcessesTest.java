package io.nightshift.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same stages in two processes with a Kafka and a registry of somebody else: OTLP goes into the one, and an incident
 * and its investigation come out of the other.
 */
@Tag("stories")
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SeparateProcessesTest {

    private static final String PREFIX = "apart.";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BASELINE_SECONDS = 40;
    private static final Duration FOUND_WITHIN = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @Test
    void aLeakThatOneProcessTakesInIsExplainedByAnother() throws Exception {
        int port = freePort();
        Files.writeString(folder.resolve("inventory.yaml"), """
                environment: demo
                services:
                  - {name: inventory, namespace: shop, instances: [inventory-1, inventory-2]}
                """);
        try (OutsidePlatform outside = new OutsidePlatform(folder)) {
            Path config = outside.config(folder.resolve("nightshift.yaml"), PREFIX, """
                    inventory: inventory.yaml
                    ingest:
                      ticks: {lateness: 2s}
                      otlp:
                        grpc: {port: 0}
                        http: {port: %d}
                    oversee:
                      console: {port: 0}
                    """.formatted(port));
            assertThat(Told.by("topics", "create", "--config", config.toString())
                            .status())
                    .isZero();
            Topics topics = outside.topics(PREFIX);
            try (Child eyes = child(config, "eyes", "ingest", "detect");
                    Child mind = child(config, "mind", "investigate", "remediate", "learn", "oversee");
                    TopicProbe probe = new TopicProbe(outside.kafka(PREFIX))) {
                eyes.running();
                mind.running();
                LeakingShop shop = new LeakingShop(URI.create("http://127.0.0.1:" + port));
                for (int second = 0; second < BASELINE_SECONDS; second++) {
                    shop.liveASecond();
                    TimeUnit.SECONDS.sleep(1); // the shop's own pace: it is its time that is measured
                }
                assertThat(values(probe, topics.incidents()).stream().filter(Incident::getPages))
                        .as("incidents before the leak")
                        .isEmpty();
                shop.leak();
                Investigation found = await("an investigation of the leak")
                        .atMost(FOUND_WITHIN)
                        .pollInterval(Duration.ofSeconds(1))
                        .until(
                                () -> {
                                    shop.liveASecond();
                                    return theLeaks(probe, topics);
                                },
                                investigation -> investigation != null);
                assertThat(values(probe, topics.incidents()))
                        .anyMatch(incident -> incident.getPages()
                                && incident.getId().equals(found.getIncidentId())
                                && incident.getServices().contains("demo/shop/inventory"));
                peopleAreTold(found.getIncidentId());
            }
        }
    }

    /** What the command line says of the same night. */
    private void peopleAreTold(String incident) throws IOException {
        Told status = mind("status", "--json");
        assertThat(status.status()).as(status.out() + status.error()).isZero();
        assertThat(JSON.readTree(status.out()).path("stages").findValuesAsText("name"))
                .contains("admission", "learn", "audit")
                .doesNotContain("ingest");

        JsonNode incidents = JSON.readTree(mind("incidents", "--json").out());
        assertThat(incidents.findValuesAsText("id")).contains(incident);
        assertThat(mind("incidents", "--open").out()).contains(incident, "pages");
        assertThat(mind("summary", incident).out()).contains(incident, "demo/shop/inventory");
        mind("summary", "inc-unheard-of").isUsage("no incident 'inc-unheard-of'", "./nightshift incidents");
        assertThat(mind("actions").status()).isZero();
        assertThat(mind("hands-off", "demo/shop/inventory", "--for", "30m", "--reason", "by hand")
                        .out())
                .startsWith("hands off demo/shop/inventory for 30m");
        mind("hands-off", "inventory").isUsage("'inventory' is no service id", "environment/namespace/service");
        mind("level", "demo/shop/inventory", "9").isUsage("the level is 1 to 5, not 9");
        assertThat(mind("approve").out()).startsWith("no action waits for a decision");
    }

    private Told mind(String... arguments) {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addAll(List.of("--folder", folder.resolve("mind").toString()));
        return Told.by(command.toArray(String[]::new));
    }

    private static Investigation theLeaks(TopicProbe probe, Topics topics) {
        return values(probe, topics.investigations()).stream()
                .filter(investigation -> !investigation.getHypotheses().isEmpty())
                .filter(investigation -> isTheLeak(investigation.getHypotheses().get(0)))
                .findFirst()
                .orElse(null);
    }

    private static boolean isTheLeak(Hypothesis first) {
        return first.getService().equals("demo/shop/inventory") && first.getCauseClass() == CauseClass.MEMORY_LEAK;
    }

    private Child child(Path config, String name, String... stages) throws IOException {
        Object[] arguments = new Object[stages.length + 5];
        arguments[0] = "run";
        arguments[1] = "--folder";
        arguments[2] = folder.resolve(name);
        arguments[3] = "--config";
        arguments[4] = config;
        System.arraycopy(stages, 0, arguments, 5, stages.length);
        return new Child(folder, arguments);
    }

    private static <V> List<V> values(TopicProbe probe, Topic<?, V> topic) {
        return probe.raw(topic).stream()
                .map(record -> topic.value().deserializer().deserialize(topic.name(), record.value()))
                .toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
