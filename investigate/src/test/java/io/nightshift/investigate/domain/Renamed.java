package io.nightshift.investigate.domain;

import io.nightshift.events.Anomaly;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.EntityRef;
import io.nightshift.events.GraphEntry;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.schemas.ServiceKey;
import java.util.function.UnaryOperator;

/** The same case with other service names. */
final class Renamed {

    private Renamed() {}

    static Case of(Case subject, UnaryOperator<String> name) {
        return new Case(
                subject.fingerprint(),
                subject.onset(),
                subject.anomalies().stream()
                        .map(anomaly -> Anomaly.newBuilder(anomaly)
                                .setSubject(entity(anomaly.getSubject(), name))
                                .build())
                        .toList(),
                subject.members(),
                subject.graph().stream()
                        .map(entry -> GraphEntry.newBuilder(entry)
                                .setSubject(entity(entry.getSubject(), name))
                                .build())
                        .toList(),
                subject.changes().stream()
                        .map(change -> ChangeEvent.newBuilder(change)
                                .setService(entity(change.getService(), name))
                                .build())
                        .toList(),
                subject.rollups(),
                subject.lessons(),
                new Inventory(
                        subject.inventory().services().stream()
                                .map(service -> service(service, name))
                                .toList(),
                        subject.inventory().targets()),
                subject.citations());
    }

    private static InventoryService service(InventoryService service, UnaryOperator<String> name) {
        return new InventoryService(
                new ServiceKey(
                        service.key().environment(),
                        service.key().namespace(),
                        name.apply(service.key().service())),
                service.level(),
                service.isProtected(),
                service.failureDomain(),
                service.instances(),
                service.minHealthy(),
                service.addresses(),
                service.target(),
                service.probes());
    }

    private static EntityRef entity(EntityRef entity, UnaryOperator<String> name) {
        String peer = entity.getPeer();
        return new EntityRef(
                entity.getEnvironment(),
                entity.getNamespace(),
                name.apply(entity.getService()),
                entity.getInstance(),
                peer == null
                        ? null
                        : peer.substring(0, peer.lastIndexOf('/') + 1)
                                + name.apply(peer.substring(peer.lastIndexOf('/') + 1)));
    }
}
