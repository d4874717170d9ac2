package io.nightshift.bench.injection;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.CallEvidence;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ChangeKind;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.ExemplarTrace;
import io.nightshift.events.ExternalAlert;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.Incident;
import io.nightshift.events.IncidentPhase;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.events.Lesson;
import io.nightshift.events.LogBatch;
import io.nightshift.events.LogEvidence;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricEvidence;
import io.nightshift.events.RecordRef;
import io.nightshift.events.Signal;
import io.nightshift.events.SpanBatch;
import io.nightshift.investigate.evidence.EvidenceReader;
import io.nightshift.investigate.evidence.Found;
import io.nightshift.investigate.evidence.Sought;
import io.nightshift.runtime.worker.Work;
import io.nightshift.schemas.CauseHash;
import io.nightshift.schemas.ServiceKey;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** An invented shop, its incident as detect would report it, and the telemetry around. */
final class Shop {

    static final Instant ONSET = Instant.parse("2026-03-01T03:12:00Z");
    static final List<String> SERVICES = List.of("gateway", "orders", "inventory", "store", "payments");

    private final List<Anomaly> anomalies = new ArrayList<>();
    private final List<GraphEntry> graph = new ArrayList<>();
    private final List<Lesson> lessons = new ArrayList<>();
    private final Map<String, List<Object>> telemetry = new HashMap<>();
    private String question;

    /** gateway calls orders, orders inventory and payments, inventory store. */
    Shop() {
        SERVICES.forEach(service -> graph.add(entry(entity(service), List.of(service + "-1", service + "-2"))));
        call("gateway", "orders")
                .call("orders", "inventory")
                .call("orders", "payments")
                .call("inventory", "store");
    }

    static String id(String service) {
        return "demo/shop/" + service;
    }

    static EntityRef entity(String service) {
        return new ServiceKey("demo", "shop", service).entity();
    }

    static long micros(int atSeconds) {
        return ONSET.plusSeconds(atSeconds).toEpochMilli() * 1000;
    }

    Shop call(String caller, String callee) {
        EntityRef edge =
                EntityRef.newBuilder(entity(caller)).setPeer(id(callee)).build();
        graph.add(entry(edge, List.of()));
        return this;
    }

    private static GraphEntry entry(EntityRef subject, List<String> instances) {
        return new GraphEntry(subject, ONSET, null, ONSET, instances, null, 30.0, 0.0, 40.0);
    }

    Shop memory(
            String service, String instance, double share, double severity, int atSeconds, Map<String, String> labels) {
        MetricEvidence evidence = new MetricEvidence(
                "jvm.memory.used_after_last_gc",
                "By",
                labels,
                List.of(micros(atSeconds - 60), micros(atSeconds)),
                List.of(20e6, share * 64e6),
                List.of(10e6, 10e6),
                List.of(30e6, 30e6),
                64e6);
        return add(anomaly(
                        service,
                        instance,
                        Signal.METRIC,
                        AnomalyKind.SATURATION,
                        evidence.getName(),
                        severity,
                        atSeconds)
                .setMetric(evidence));
    }

    Shop metric(String service, String name, double severity, int atSeconds, Map<String, String> labels) {
        MetricEvidence evidence =
                new MetricEvidence(name, "1", labels, List.of(), List.of(), List.of(), List.of(), null);
        return add(anomaly(service, service + "-1", Signal.METRIC, AnomalyKind.LEVEL_SHIFT, name, severity, atSeconds)
                .setMetric(evidence));
    }

    Shop silence(String service, String instance, double severity, int atSeconds) {
        return add(anomaly(service, instance, Signal.PRESENCE, AnomalyKind.DROPOUT, "presence", severity, atSeconds));
    }

    Shop latency(String service, double before, double now, double severity, int atSeconds, ExemplarTrace... traces) {
        return add(anomaly(service, null, Signal.TRACE, AnomalyKind.LATENCY, "duration", severity, atSeconds)
                .setCalls(calls(0, before, now, List.of(traces))));
    }

    Shop errors(String service, double share, double severity, int atSeconds) {
        return add(anomaly(service, null, Signal.TRACE, AnomalyKind.ERRORS, "errors", severity, atSeconds)
                .setCalls(calls(share, 20, 20, List.of())));
    }

    Shop load(String service, double before, double now, double severity, int atSeconds) {
        CallEvidence evidence = CallEvidence.newBuilder(calls(0, 20, 20, List.of()))
                .setRateBefore(before)
                .setRateNow(now)
                .build();
        return add(anomaly(service, null, Signal.TRACE, AnomalyKind.RATE, "requests", severity, atSeconds)
                .setCalls(evidence));
    }

    Shop log(String service, String line, double severity, int atSeconds) {
        String template = CauseHash.id("tpl", service);
        return add(anomaly(service, null, Signal.LOG, AnomalyKind.NEW_TEMPLATE, template, severity, atSeconds)
                .setLog(new LogEvidence(template, line, 17, List.of(line), 0.0, 6.0, null)));
    }

    private static CallEvidence calls(double failing, double before, double now, List<ExemplarTrace> traces) {
        return new CallEvidence(
                10,
                30.0,
                30.0,
                0.0,
                failing,
                before / 2,
                now / 2,
                before,
                now,
                traces.stream().map(ExemplarTrace::getTraceId).toList(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                traces);
    }

    private static Anomaly.Builder anomaly(
            String service, String instance, Signal signal, AnomalyKind kind, String name, double severity, int at) {
        EntityRef subject =
                EntityRef.newBuilder(entity(service)).setInstance(instance).build();
        Instant onset = ONSET.plusSeconds(at);
        return Anomaly.newBuilder()
                .setId(CauseHash.id("anm", subject, kind, signal, at))
                .setPhase(AnomalyPhase.OPEN)
                .setSubject(subject)
                .setSignal(signal)
                .setKind(kind)
                .setDirection(Direction.UP)
                .setName(name)
                .setSeverity(severity)
                .setTailProbability(0)
                .setOnset(onset)
                .setDetectedAt(onset)
                .setUpdatedAt(onset)
                .setSentence("Something is unusual.");
    }

    private Shop add(Anomaly.Builder anomaly) {
        anomalies.add(anomaly.setRefs(List.of(new RecordRef("telemetry.metrics", 0, (long) anomalies.size())))
                .build());
        return this;
    }

    Shop change(String service, ChangeKind kind, String version, String previous, String summary, int atSeconds) {
        return sent(new ChangeEvent(
                "chg-" + service,
                "pipeline",
                entity(service),
                kind,
                micros(atSeconds),
                version,
                previous,
                summary,
                summary,
                null,
                Map.of("note", summary)));
    }

    /** Telemetry that the investigator will find. */
    Shop sent(Object record) {
        telemetry.computeIfAbsent(topic(record), any -> new ArrayList<>()).add(record);
        return this;
    }

    private static String topic(Object record) {
        Map<Class<?>, String> topics = Map.of(
                ChangeEvent.class, "telemetry.changes",
                ExternalAlert.class, "telemetry.alerts",
                LogBatch.class, "telemetry.logs",
                SpanBatch.class, "telemetry.spans",
                MetricBatch.class, "telemetry.metrics");
        return topics.get(record.getClass());
    }

    Shop lesson(Lesson lesson) {
        lessons.add(lesson);
        return this;
    }

    Shop asked(String text) {
        question = text;
        return this;
    }

    Work<String, InvestigationRequest> work(Topics topics) {
        InvestigationRequest request = new InvestigationRequest("req-1", incident(), lessons, ONSET, 60, question);
        TopicPartition source =
                new TopicPartition(topics.investigationRequests().name(), 0);
        return new Work<>(source, 7, ONSET, request.getIncident().getId(), request);
    }

    private Incident incident() {
        List<String> affected = anomalies.stream()
                .map(anomaly -> ServiceKey.of(anomaly.getSubject()).toString())
                .distinct()
                .toList();
        Instant onset = anomalies.stream()
                .map(Anomaly::getOnset)
                .min(Instant::compareTo)
                .orElse(ONSET);
        return new Incident(
                "inc-1",
                1,
                IncidentPhase.OPEN,
                "demo",
                "fp-1",
                ONSET,
                onset,
                ONSET.plusSeconds(20),
                null,
                null,
                6.0,
                true,
                affected,
                anomalies,
                List.of(),
                anomalies.size(),
                graph,
                affected.size(),
                SERVICES.size(),
                0,
                "Requests fail at gateway.");
    }

    /** Finds what was sent, as a look into Kafka would. */
    EvidenceReader reader() {
        return new EvidenceReader() {
            @Override
            @SuppressWarnings("unchecked") // each record was filed under the topic of its class
            public <V> Sought<V> seek(Topic<String, V> topic, Collection<String> services, Instant from, Instant to) {
                List<Found<V>> found = new ArrayList<>();
                for (Object record : telemetry.getOrDefault(topic.name(), List.of())) {
                    found.add(new Found<>((V) record, new RecordRef(topic.name(), 0, (long) found.size())));
                }
                return new Sought<>(found, "");
            }

            @Override
            public void close() {}
        };
    }
}
