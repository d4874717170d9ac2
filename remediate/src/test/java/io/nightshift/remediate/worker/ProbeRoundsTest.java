package io.nightshift.remediate.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.ProbeReport;
import io.nightshift.events.ProbeRequest;
import io.nightshift.events.ProbeResult;
import io.nightshift.remediate.Stories;
import io.nightshift.remediate.target.ArgvProbe;
import io.nightshift.remediate.target.Confined;
import io.nightshift.runtime.worker.Work;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeRoundsTest {

    private final Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));

    @TempDir
    Path folder;

    @Test
    void neighboursAreLookedAtBesideTheTargetAndDoNotDecideWhetherItIsWell() throws Exception {
        FakeShop shop = new FakeShop(folder.resolve("shop"), true, Duration.ofSeconds(10));
        shop.heap("inventory-1", "0.2");
        shop.heap("orders-1", "0.97");
        Health health = new Health(new ArgvProbe(new Confined(folder.resolve("commands")), Clock.systemUTC()));
        ProbeRequest request = ProbeRequest.newBuilder()
                .setActionId("act-1")
                .setIncidentId("inc-1")
                .setEnvironment("demo")
                .setService(Stories.INVENTORY)
                .setInstances(List.of("inventory-1"))
                .setNeighbours(List.of("demo/shop/orders", "demo/shop/unheard"))
                .setAt(Instant.now())
                .setExpiresAt(Instant.now().plusSeconds(60))
                .build();

        var records = new ProbeRounds(shop.inventory(4), health, topics, Clock.systemUTC())
                .work(
                        new Work<>(
                                new TopicPartition("probe-requests", 0), 0, Instant.now(), Stories.INVENTORY, request),
                        null);

        assertThat(records).hasSize(1);
        ProbeReport report = topics.probeReports()
                .value()
                .deserializer()
                .deserialize(topics.probeReports().name(), records.get(0).value());
        assertThat(report.getPassed()).isTrue();
        assertThat(report.getResults()).hasSize(2).allMatch(ProbeResult::getPassed);
        assertThat(report.getNeighbours())
                .extracting(probe -> probe.getSubject() + " " + probe.getProbe() + " " + probe.getPassed())
                .containsExactly("demo/shop/orders/orders-1 heap false", "demo/shop/orders/orders-1 load true");
    }
}
