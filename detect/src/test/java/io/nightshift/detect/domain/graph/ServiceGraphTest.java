package io.nightshift.detect.domain.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.EntityRef;
import io.nightshift.events.GraphEntry;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.ServiceKey;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServiceGraphTest {

    private static final Instant START = Instant.parse("2026-11-20T03:00:00Z");
    private static final ServiceKey ORDERS = new ServiceKey("demo", "shop", "orders");
    private static final ServiceKey CRON = new ServiceKey("demo", "shop", "cron");

    private ServiceGraph graph = new ServiceGraph();
    private final GraphHistory history = new GraphHistory();
    private final List<GraphEntry> said = new ArrayList<>();
    private final Set<String> forgotten = new HashSet<>();
    private Instant now = START;

    @Test
    void theGraphOfAnyTimeCanBeAskedForThatOfNowToo() {
        pass(12, () -> {
            orders("orders-1");
            calls("demo/shop/inventory", 10);
            say(graph.seen(CRON, null, null, now).stream().toList());
        });
        pass(60, () -> orders("orders-1"));
        pass(12, () -> {
            orders("orders-1");
            calls("demo/shop/inventory", 30);
        });

        String edge = "demo/shop/orders>demo/shop/inventory";
        assertThat(names(START.minusSeconds(60))).isEmpty();
        assertThat(names(START.plusSeconds(720))).containsExactly("demo/shop/cron", "demo/shop/orders", edge);
        assertThat(names(START.plus(Duration.ofMinutes(30)))).containsExactly("demo/shop/orders");
        assertThat(names(now)).containsExactly("demo/shop/orders", edge);
        assertThat(history.since()).contains(START.plusSeconds(60));
        assertThat(history.at(now).get(1).getCallsPerSecond()).isEqualTo(30);
    }

    @Test
    void aRestartLosesNoIntervalAndTwoWeeksLaterTheOldestIsForgotten() {
        pass(12, () -> calls("demo/shop/inventory", 10));
        pass(60, () -> orders("orders-1"));
        List<GraphEntry> stored = new ArrayList<>(said);
        graph = new ServiceGraph();
        graph.restore(stored);
        pass(24 * 60 * 14, () -> orders("orders-1"));
        assertThat(forgotten).containsExactly(ServiceGraph.interval(stored.get(0)));
        assertThat(names(now)).containsExactly("demo/shop/orders");
        assertThat(history.at(now).get(0).getValidFrom())
                .as("still the interval it began with")
                .isEqualTo(START.plusSeconds(13 * 60));
    }

    @Test
    void sixtyFourInstancesWithLongNamesStayWithinTheRecordAndTheLatestStay() {
        String name = "i".repeat(400) + "\u20ac".repeat(37);
        ServiceKey service = new ServiceKey("e".repeat(512), "\u20ac".repeat(170), "s".repeat(512));
        for (int i = 0; i < 300; i++) {
            now = now.plusSeconds(10);
            String instance = i + name;
            say(graph.seen(service, instance, "v".repeat(512), now).stream().toList());
        }
        Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));
        assertThat(said).isNotEmpty().allSatisfy(entry -> {
            byte[] bytes = topics.topology().value().serializer().serialize("topology", entry);
            assertThat(bytes.length).isLessThanOrEqualTo(topics.topology().recordLimitBytes());
        });
        assertThat(said.get(said.size() - 1).getInstances()).anyMatch(instance -> instance.startsWith("299"));
    }

    @Test
    void twoReleasesSideBySideAreNotSaidWithEveryBatch() {
        for (int i = 0; i < 600; i++) {
            now = now.plusMillis(100);
            say(graph.seen(ORDERS, "orders-" + i % 2, "v" + i % 2, now).stream().toList());
        }
        assertThat(said).hasSizeLessThan(20);
    }

    private void pass(int minutes, Runnable each) {
        for (int minute = 0; minute < minutes; minute++) {
            now = now.plusSeconds(60);
            each.run();
            ServiceGraph.Passed passed = graph.time(now);
            say(passed.ended());
            forgotten.addAll(passed.forgotten());
        }
    }

    private void orders(String instance) {
        say(graph.seen(ORDERS, instance, "1.0", now).stream().toList());
    }

    private void calls(String peer, double perSecond) {
        say(graph
                .seen(GraphEntry.newBuilder()
                        .setSubject(new EntityRef("demo", "shop", "orders", null, peer))
                        .setValidFrom(now)
                        .setLastSeen(now)
                        .setCallsPerSecond(perSecond)
                        .build())
                .stream()
                .toList());
    }

    private void say(List<GraphEntry> entries) {
        said.addAll(entries);
        entries.forEach(history::accept);
    }

    private List<String> names(Instant at) {
        return history.at(at).stream()
                .map(entry -> ServiceGraph.key(entry.getSubject()))
                .toList();
    }
}
