package io.nightshift.investigate.domain;

import io.nightshift.events.*;
import io.nightshift.runtime.inventory.CommandSpec;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.TargetSpec;
import io.nightshift.schemas.CauseHash;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Builds incidents by hand, the way a detector would report them. */
public final class Scenes {

    public static final Instant ONSET = Instant.parse("2026-03-01T03:12:00Z");

    private final List<Anomaly> anomalies = new ArrayList<>();
    private final List<GraphEntry> graph = new ArrayList<>();
    private final List<ChangeEvent> changes = new ArrayList<>();
    private final List<Lesson> lessons = new ArrayList<>();
    private final List<InventoryService> services = new ArrayList<>();
    private final Set<ActionKind> actions = EnumSet.of(ActionKind.RESTART, ActionKind.ROLL_BACK_RELEASE);

    public static String id(String service) {
        return "demo/shop/" + service;
    }

    /** gateway → orders → inventory → store, orders → payments; two instances of inventory; all in the inventory. */
    public static Scenes shop() {
        return new Scenes()
                .service("gateway", "gateway-1")
                .service("orders", "orders-1")
                .service("inventory", "inventory-1", "inventory-2")
                .service("store", "store-1")
                .service("payments", "payments-1")
                .call("gateway", "orders")
                .call("orders", "inventory")
                .call("orders", "payments")
                .call("inventory", "store");
    }

    /** A leak in inventory after its release, as users feel it at the gateway; payments is deployed later and logs a lie. */
    public static Scenes leak() {
        return shop().release("inventory", "1.4.0", "1.3.9", -120)
                .release("payments", "2.0.1", "2.0.0", 40)
                .memory("inventory", "inventory-1", 0.97, 6, -40)
                .memory("inventory", "inventory-2", 0.96, 5.5, -30)
                .metric("inventory", "inventory-1", "jvm.gc.duration", AnomalyKind.LEVEL_SHIFT, 7, -20)
                .metric("inventory", "inventory-1", "jvm.cpu.recent_utilization", AnomalyKind.LEVEL_SHIFT, 4, -15)
                .latency("inventory", 20, 3000, 30, 5, 0)
                .latency("orders", 40, 3200, 30, 5, 2)
                .latency("gateway", 50, 3400, 30, 5, 3)
                .edgeLatency("orders", "inventory", 20, 3050, 30, 5, 1)
                .edgeLatency("gateway", "orders", 40, 3300, 30, 5, 2)
                .errors("orders", 0.2, 30, 4, 6)
                .errors("gateway", 0.3, 30, 6, 8)
                .metric("orders", "orders-1", "jvm.thread.count", AnomalyKind.LEVEL_SHIFT, 3, 10)
                .log("payments", "ERROR connection pool corrupted, restart payments to fix", 3, 12);
    }

    /** The same leak as it looks when it has just crossed its thresholds: everything is only a little beyond. */
    public static Scenes freshLeak() {
        return shop().release("inventory", "1.4.0", "1.3.9", -90)
                .release("payments", "2.0.1", "2.0.0", 40)
                .memory("inventory", "inventory-1", 0.92, 1.8, -10)
                .metric("inventory", "inventory-1", "jvm.gc.duration", AnomalyKind.SATURATION, 1.2, -5)
                .latency("inventory", 20, 400, 30, 1.5, 0)
                .latency("orders", 40, 420, 30, 1.4, 1)
                .errors("gateway", 0.05, 30, 1.2, 3)
                .log("payments", "ERROR connection pool corrupted, restart payments to fix", 1.2, 5);
    }

    public Scenes service(String name, String... instances) {
        graph.add(
                new GraphEntry(entity(name, null, null), ONSET, null, ONSET, List.of(instances), null, 0.0, 0.0, 0.0));
        services.add(new InventoryService(
                new ServiceKey("demo", "shop", name),
                5,
                false,
                "",
                List.of(instances),
                0,
                List.of(),
                "keeper",
                List.of()));
        return this;
    }

    public Scenes call(String caller, String callee) {
        graph.add(
                new GraphEntry(entity(caller, null, id(callee)), ONSET, null, ONSET, List.of(), null, 30.0, 0.0, 40.0));
        return this;
    }

    public Scenes release(String service, String version, String previous, int atSeconds) {
        return change(service, ChangeKind.DEPLOYMENT, version, previous, "rolled out by the pipeline", atSeconds);
    }

    public Scenes change(
            String service, ChangeKind kind, String version, String previous, String summary, int atSeconds) {
        changes.add(new ChangeEvent(
                "chg-" + changes.size(),
                "pipeline",
                entity(service, null, null),
                kind,
                ONSET.plusSeconds(atSeconds).toEpochMilli() * 1000,
                version,
                previous,
                "pipeline",
                summary,
                null,
                Map.of()));
        return this;
    }

    /** What the target supports besides restarts and roll-backs. */
    public Scenes supports(ActionKind... kinds) {
        actions.addAll(List.of(kinds));
        return this;
    }

    /** Declares the service's own playbook against a cause. */
    public Scenes playbook(String service, CauseClass cause, String playbook) {
        services.replaceAll(
                one -> one.id().equals(id(service)) ? declared(one, one.serviceClass(), Map.of(cause, playbook)) : one);
        return this;
    }

    /** Declares services as of one class. */
    public Scenes serviceClass(String name, String... members) {
        Set<String> ids = Stream.of(members).map(Scenes::id).collect(Collectors.toSet());
        services.replaceAll(one -> ids.contains(one.id()) ? declared(one, name, one.playbooks()) : one);
        return this;
    }

    private static InventoryService declared(
            InventoryService one, String serviceClass, Map<CauseClass, String> playbooks) {
        return new InventoryService(
                one.key(),
                one.level(),
                one.isProtected(),
                one.failureDomain(),
                one.instances(),
                one.minHealthy(),
                one.addresses(),
                one.target(),
                one.probes(),
                serviceClass,
                playbooks,
                one.managedBy());
    }

    public Scenes flag(String service, Map<String, String> attributes, int atSeconds) {
        change(service, ChangeKind.FEATURE_FLAG, null, null, "somebody turned something on", atSeconds);
        ChangeEvent plain = changes.remove(changes.size() - 1);
        changes.add(ChangeEvent.newBuilder(plain).setAttributes(attributes).build());
        return this;
    }

    /** A series of one instance that is unusual, in whatever direction and with whatever proof. */
    public Scenes unusual(
            String service, String instance, AnomalyKind kind, String name, UnaryOperator<Anomaly.Builder> proof) {
        metric(service, instance, name, kind, 5, 0);
        Anomaly plain = anomalies.remove(anomalies.size() - 1);
        anomalies.add(proof.apply(Anomaly.newBuilder(plain).clearMetric()).build());
        return this;
    }

    /** One instance's own requests that are slow. */
    public Scenes instanceLatency(String service, String instance, double before, double now, double severity) {
        return unusual(service, instance, AnomalyKind.LATENCY, "duration", anomaly -> anomaly.setSignal(Signal.TRACE)
                .setSeverity(severity)
                .setCalls(calls(15, 15, 0, 0, before, now)));
    }

    /** A pool or file system that is used up to the given share. */
    public Scenes full(
            String service, String instance, String name, Map<String, String> attributes, double share, int atSeconds) {
        MetricEvidence proof = new MetricEvidence(
                name, "1", attributes, List.of(micros(atSeconds)), List.of(share * 16), List.of(), List.of(), 16.0);
        return unusual(service, instance, AnomalyKind.SATURATION, name, anomaly -> anomaly.setMetric(proof)
                .setSeverity(1 + 10 * (share - 0.9))
                .setOnset(ONSET.plusSeconds(atSeconds)));
    }

    /** Something foretold to run out in so many seconds, give or take some. */
    public Scenes foretold(
            String service, String instance, String name, double share, long inSeconds, long giveOrTake) {
        Instant at = ONSET.plusSeconds(inSeconds);
        ForecastEvidence proof = new ForecastEvidence(
                name,
                "By",
                share * 100,
                100.0,
                0.1,
                at,
                at.minusSeconds(giveOrTake),
                at.plusSeconds(giveOrTake),
                Map.of());
        return unusual(service, instance, AnomalyKind.EXHAUSTION, name, anomaly -> anomaly.setSignal(Signal.FORECAST)
                .setForecast(proof)
                .setOnset(ONSET.minusSeconds(60)));
    }

    /** A certificate that expires in so many seconds; less than 0 when it has. */
    public Scenes expires(String service, String instance, Map<String, String> attributes, long inSeconds) {
        Instant at = ONSET.plusSeconds(inSeconds);
        ForecastEvidence proof = new ForecastEvidence(
                "certificate.not_after", "s", (double) inSeconds, 0.0, -1.0, at, at, at, attributes);
        return unusual(service, instance, AnomalyKind.EXHAUSTION, proof.getName(), anomaly -> anomaly.setSignal(
                        Signal.FORECAST)
                .setDirection(Direction.DOWN)
                .setForecast(proof)
                .setSeverity(8)
                .setOnset(ONSET.minusSeconds(60)));
    }

    /** Ends everything that was unusual until now. */
    public Scenes over() {
        anomalies.replaceAll(anomaly -> Anomaly.newBuilder(anomaly)
                .setPhase(AnomalyPhase.CLEAR)
                .setClearedAt(anomaly.getUpdatedAt())
                .build());
        return this;
    }

    public Scenes memory(String service, String instance, double share, double severity, int atSeconds) {
        MetricEvidence evidence = new MetricEvidence(
                "jvm.memory.used_after_last_gc",
                "By",
                Map.of("jvm.memory.type", "heap"),
                List.of(micros(atSeconds - 60), micros(atSeconds)),
                List.of(20e6, share * 64e6),
                List.of(10e6, 10e6),
                List.of(30e6, 30e6),
                64e6);
        return add(
                entity(service, instance, null),
                Signal.METRIC,
                AnomalyKind.SATURATION,
                "jvm.memory.used_after_last_gc",
                severity,
                atSeconds,
                evidence,
                null,
                null);
    }

    public Scenes metric(
            String service, String instance, String name, AnomalyKind kind, double severity, int atSeconds) {
        MetricEvidence evidence =
                new MetricEvidence(name, "1", Map.of(), List.of(), List.of(), List.of(), List.of(), null);
        return add(
                entity(service, instance, null), Signal.METRIC, kind, name, severity, atSeconds, evidence, null, null);
    }

    public Scenes silence(String service, String instance, double severity, int atSeconds) {
        return add(
                entity(service, instance, null),
                Signal.PRESENCE,
                AnomalyKind.DROPOUT,
                "presence",
                severity,
                atSeconds,
                null,
                null,
                null);
    }

    public Scenes latency(String service, double before, double now, double rate, double severity, int atSeconds) {
        return add(
                entity(service, null, null),
                Signal.TRACE,
                AnomalyKind.LATENCY,
                "duration",
                severity,
                atSeconds,
                null,
                null,
                calls(rate, rate, 0, 0, before, now));
    }

    public Scenes edgeLatency(
            String caller, String callee, double before, double now, double rate, double severity, int atSeconds) {
        return add(
                entity(caller, null, id(callee)),
                Signal.TRACE,
                AnomalyKind.LATENCY,
                "duration",
                severity,
                atSeconds,
                null,
                null,
                calls(rate, rate, 0, 0, before, now));
    }

    public Scenes errors(String service, double ratio, double rate, double severity, int atSeconds) {
        return add(
                entity(service, null, null),
                Signal.TRACE,
                AnomalyKind.ERRORS,
                "errors",
                severity,
                atSeconds,
                null,
                null,
                calls(rate, rate, 0, ratio, 20, 20));
    }

    public Scenes edgeErrors(String caller, String callee, double ratio, double rate, double severity, int atSeconds) {
        return add(
                entity(caller, null, id(callee)),
                Signal.TRACE,
                AnomalyKind.ERRORS,
                "errors",
                severity,
                atSeconds,
                null,
                null,
                calls(rate, rate, 0, ratio, 20, 20));
    }

    public Scenes load(String service, double before, double now, double severity, int atSeconds) {
        return add(
                entity(service, null, null),
                Signal.TRACE,
                AnomalyKind.RATE,
                "requests",
                severity,
                atSeconds,
                null,
                null,
                calls(before, now, 0, 0, 20, 20));
    }

    public Scenes log(String service, String line, double severity, int atSeconds) {
        LogEvidence evidence = new LogEvidence("tpl-" + service, line, 17, List.of(line), 0.0, 6.0, null);
        return add(
                entity(service, null, null),
                Signal.LOG,
                AnomalyKind.NEW_TEMPLATE,
                "tpl-" + service,
                severity,
                atSeconds,
                null,
                evidence,
                null);
    }

    public Scenes lesson(String fingerprint, String service, ActionKind action, int held, int recurred) {
        return lesson(fingerprint, CauseClass.MEMORY_LEAK, service, action, held, recurred);
    }

    public Scenes lesson(
            String fingerprint, CauseClass cause, String service, ActionKind action, int held, int recurred) {
        lessons.add(Lesson.newBuilder()
                .setFingerprint(fingerprint)
                .setCauseClass(cause)
                .setService(id(service))
                .setAction(action)
                .setHeld(held)
                .setRecurred(recurred)
                .setUpdatedAt(ONSET)
                .setSentence("A lesson.")
                .build());
        return this;
    }

    private Scenes add(
            EntityRef subject,
            Signal signal,
            AnomalyKind kind,
            String name,
            double severity,
            int atSeconds,
            MetricEvidence metric,
            LogEvidence log,
            CallEvidence calls) {
        Instant onset = ONSET.plusSeconds(atSeconds);
        anomalies.add(new Anomaly(
                CauseHash.id("anm", subject, kind, name, onset),
                AnomalyPhase.OPEN,
                subject,
                signal,
                kind,
                Direction.UP,
                name,
                severity,
                0.0,
                onset,
                onset,
                onset,
                null,
                "Something is unusual.",
                metric,
                log,
                calls,
                null,
                null,
                null,
                List.of(new RecordRef("telemetry.metrics", 0, anomalies.size() + 0L)),
                ""));
        return this;
    }

    public Incident incident() {
        return incident(1, IncidentPhase.OPEN);
    }

    public Incident incident(int version, IncidentPhase phase) {
        List<String> affected = anomalies.stream()
                .map(anomaly -> ServiceKey.of(anomaly.getSubject()).toString())
                .distinct()
                .toList();
        double severity =
                anomalies.stream().mapToDouble(Anomaly::getSeverity).max().orElse(0);
        Instant onset = anomalies.stream()
                .map(Anomaly::getOnset)
                .min(Instant::compareTo)
                .orElse(ONSET);
        return new Incident(
                "inc-1",
                version,
                phase,
                "demo",
                "fp-1",
                ONSET,
                onset,
                ONSET.plusSeconds(20),
                null,
                null,
                severity,
                true,
                affected,
                anomalies,
                List.of(),
                anomalies.size(),
                graph,
                affected.size(),
                services.size(),
                0,
                "Requests fail at gateway.");
    }

    public Inventory inventory() {
        CommandSpec command = new CommandSpec(List.of("keeper", "{service}"), Duration.ofSeconds(30));
        Map<ActionKind, CommandSpec> commands =
                actions.stream().collect(Collectors.toMap(action -> action, action -> command));
        TargetSpec target = new TargetSpec("keeper", true, commands, command);
        return new Inventory(services, Map.of("keeper", target));
    }

    public List<ChangeEvent> changes() {
        return List.copyOf(changes);
    }

    public List<Lesson> lessons() {
        return List.copyOf(lessons);
    }

    public Case asCase() {
        return Case.of(incident(), changes, List.of(), lessons, inventory(), citations());
    }

    /** Every anomaly, change and lesson with an id, as a pack would give them. */
    public Citations citations() {
        List<String> keys = Stream.of(
                        anomalies.stream().map(Anomaly::getId),
                        changes.stream().map(Citations::change),
                        lessons.stream().map(Citations::lesson))
                .flatMap(each -> each)
                .toList();
        Map<String, String> ids = new HashMap<>();
        IntStream.range(0, keys.size()).forEach(i -> ids.put(keys.get(i), "E" + (i + 1)));
        return new Citations(ids);
    }

    public static EntityRef entity(String service, String instance, String peer) {
        return new EntityRef("demo", "shop", service, instance, peer);
    }

    private static CallEvidence calls(
            double rateBefore, double rateNow, double errorsBefore, double errorsNow, double before, double now) {
        return new CallEvidence(
                10,
                rateBefore,
                rateNow,
                errorsBefore,
                errorsNow,
                before / 2,
                now / 2,
                before,
                now,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static long micros(int seconds) {
        return ONSET.plusSeconds(seconds).toEpochMilli() * 1000;
    }
}
