package io.nightshift.remediate.worker;

import io.nightshift.events.ProbeReport;
import io.nightshift.events.ProbeRequest;
import io.nightshift.events.ProbeResult;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.worker.Outgoing;
import io.nightshift.runtime.worker.Work;
import io.nightshift.runtime.worker.WorkContext;
import io.nightshift.runtime.worker.WorkHandler;
import io.nightshift.schemas.Topics;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The verifier's eyes: one round of probes for each request. What it can't answer, it does not answer. */
public final class ProbeRounds implements WorkHandler<String, ProbeRequest> {

    private final Inventory inventory;
    private final Health health;
    private final Topics topics;
    private final Clock clock;

    public ProbeRounds(Inventory inventory, Health health, Topics topics, Clock clock) {
        this.inventory = inventory;
        this.health = health;
        this.topics = topics;
        this.clock = clock;
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> work(Work<String, ProbeRequest> work, WorkContext context)
            throws InterruptedException {
        ProbeRequest request = work.value();
        Optional<InventoryService> service = inventory.service(request.getService());
        if (service.isEmpty() || !clock.instant().isBefore(request.getExpiresAt())) {
            return List.of();
        }
        Map<String, List<ProbeResult>> readings =
                health.look(service.get(), new LinkedHashSet<>(request.getInstances()));
        boolean passed = !readings.isEmpty() && readings.values().stream().allMatch(Health::isHealthy);
        List<ProbeResult> results =
                readings.values().stream().flatMap(List::stream).toList();
        List<ProbeResult> neighbours = health.neighbours(inventory, request.getNeighbours());
        ProbeReport report = ProbeReport.newBuilder()
                .setActionId(request.getActionId())
                .setIncidentId(request.getIncidentId())
                .setEnvironment(request.getEnvironment())
                .setService(request.getService())
                .setAt(clock.instant())
                .setPassed(passed)
                .setResults(results)
                .setNeighbours(neighbours)
                .build();
        return List.of(Outgoing.to(topics.probeReports(), request.getEnvironment(), report));
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> onTimeout(Work<String, ProbeRequest> work) {
        return List.of();
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> onFailure(Work<String, ProbeRequest> work, Throwable fault) {
        return List.of();
    }
}
