package io.nightshift.schemas;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AuditEntry;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Execution;
import io.nightshift.events.ExternalAlert;
import io.nightshift.events.GraphEntry;
import io.nightshift.events.HaltRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.events.JournalEntry;
import io.nightshift.events.Lesson;
import io.nightshift.events.LogBatch;
import io.nightshift.events.MetricBatch;
import io.nightshift.events.Notification;
import io.nightshift.events.Prevention;
import io.nightshift.events.ProbeReport;
import io.nightshift.events.ProbeRequest;
import io.nightshift.events.ServiceRollup;
import io.nightshift.events.SpanBatch;
import io.nightshift.events.Tick;
import io.nightshift.events.Trust;
import io.nightshift.schemas.points.MetricPoints;
import io.nightshift.schemas.points.MetricPointsReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The catalogue of topics: names, types, partition counts, byte budgets and retention, in one place. See the table in the
 * README for what each carries and who writes it.
 */
public final class Topics {

    private static final int KIB = 1024;
    /** Room for keys, headers and framing above the greatest record. */
    private static final int FRAMING_BYTES = 64 * KIB;

    private final TopicSettings settings;
    private final AvroSerdes serdes;

    public Topics(TopicSettings settings, AvroSerdes serdes) {
        this.settings = settings;
        this.serdes = serdes;
    }

    public TopicSettings settings() {
        return settings;
    }

    // Telemetry: many partitions, days.

    public Topic<String, MetricBatch> metrics() {
        return telemetry("telemetry.metrics", MetricBatch.class, 256);
    }

    /** Reads {@link #metrics()} as columns, for those who read very many. */
    public Deserializer<MetricPoints> metricPoints() {
        return serdes.reading(MetricBatch.class, MetricPointsReader::read);
    }

    public Topic<String, LogBatch> logs() {
        return telemetry("telemetry.logs", LogBatch.class, 256);
    }

    public Topic<String, SpanBatch> spans() {
        return telemetry("telemetry.spans", SpanBatch.class, 256);
    }

    public Topic<String, ChangeEvent> changes() {
        return telemetry("telemetry.changes", ChangeEvent.class, 64);
    }

    public Topic<String, ExternalAlert> alerts() {
        return telemetry("telemetry.alerts", ExternalAlert.class, 64);
    }

    public Topic<String, Tick> ticks() {
        return expiring("ticks", Tick.class, settings.telemetryPartitions(), 1, Duration.ofHours(6));
    }

    public Topic<String, ServiceRollup> rollups() {
        return expiring("rollups", ServiceRollup.class, settings.telemetryPartitions(), 32, Duration.ofDays(14));
    }

    // Decisions: few partitions, kept.

    public Topic<String, Anomaly> anomalies() {
        return expiring("anomalies", Anomaly.class, settings.decisionPartitions(), 16, Duration.ofDays(28));
    }

    public Topic<String, GraphEntry> topology() {
        return compacted("topology", GraphEntry.class, 4);
    }

    public Topic<String, Incident> incidents() {
        return kept("incidents", Incident.class, settings.decisionPartitions(), 256);
    }

    public Topic<String, Investigation> investigations() {
        return kept("investigations", Investigation.class, settings.decisionPartitions(), 256);
    }

    public Topic<String, ActionEvent> actions() {
        return kept("actions", ActionEvent.class, settings.decisionPartitions(), 256);
    }

    public Topic<String, Lesson> lessons() {
        return compacted("lessons", Lesson.class, 32);
    }

    /** How far each action is trusted; see the record for its key. */
    public Topic<String, Trust> trust() {
        return compacted("trust", Trust.class, 32);
    }

    /** What came back so often that repairing it is not enough. */
    public Topic<String, Prevention> preventions() {
        return compacted("preventions", Prevention.class, 16);
    }

    public Topic<String, ControlRecord> controls() {
        return kept("controls", ControlRecord.class, 1, 16);
    }

    public Topic<String, HaltRecord> halt() {
        return kept("halt", HaltRecord.class, 1, 1);
    }

    public Topic<String, AuditEntry> audit() {
        return kept("audit", AuditEntry.class, 1, 16);
    }

    // Work between a stage's topology and its workers: days. The journal is kept: it proves what was done.

    public Topic<String, InvestigationRequest> investigationRequests() {
        return expiring(
                "investigation-requests",
                InvestigationRequest.class,
                settings.workPartitions(),
                512,
                Duration.ofDays(3));
    }

    public Topic<String, Execution> executions() {
        return expiring("executions", Execution.class, settings.workPartitions(), 256, Duration.ofDays(3));
    }

    public Topic<String, JournalEntry> journal() {
        return kept("journal", JournalEntry.class, settings.workPartitions(), 32);
    }

    public Topic<String, ProbeRequest> probeRequests() {
        return expiring("probe-requests", ProbeRequest.class, settings.workPartitions(), 16, Duration.ofDays(1));
    }

    public Topic<String, ProbeReport> probeReports() {
        return expiring("probe-reports", ProbeReport.class, settings.decisionPartitions(), 64, Duration.ofDays(3));
    }

    public Topic<String, Notification> notifications() {
        return expiring("notifications", Notification.class, settings.workPartitions(), 256, Duration.ofDays(3));
    }

    /** Records that could not be used, with their bytes as they came; the headers say from where and why. */
    public Topic<byte[], byte[]> deadLetters() {
        return new Topic<>(
                settings.prefix() + "dead-letters",
                Serdes.ByteArray(),
                Serdes.ByteArray(),
                settings.decisionPartitions(),
                512 * KIB,
                config("delete", Duration.ofDays(28), 512));
    }

    /** Every topic that an installation provisions. */
    public List<Topic<?, ?>> all() {
        return List.of(
                metrics(),
                logs(),
                spans(),
                changes(),
                alerts(),
                ticks(),
                rollups(),
                anomalies(),
                topology(),
                incidents(),
                investigations(),
                actions(),
                lessons(),
                trust(),
                preventions(),
                controls(),
                halt(),
                audit(),
                investigationRequests(),
                executions(),
                journal(),
                probeRequests(),
                probeReports(),
                notifications(),
                deadLetters());
    }

    /** The topics whose records are decisions; the audit ledger is derived from these. */
    public List<Topic<String, ? extends SpecificRecord>> decisions() {
        return List.of(
                incidents(),
                investigations(),
                actions(),
                journal(),
                controls(),
                halt(),
                lessons(),
                trust(),
                preventions());
    }

    /** A serde for a record that lives in a state store or an internal repartition topic. */
    public <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
        return serdes.of(type);
    }

    private <T extends SpecificRecord> Topic<String, T> telemetry(String name, Class<T> type, int limitKib) {
        return expiring(name, type, settings.telemetryPartitions(), limitKib, Duration.ofDays(3));
    }

    private <T extends SpecificRecord> Topic<String, T> expiring(
            String name, Class<T> type, int partitions, int limitKib, Duration kept) {
        return topic(name, type, partitions, limitKib, config("delete", kept, limitKib));
    }

    private <T extends SpecificRecord> Topic<String, T> kept(String name, Class<T> type, int partitions, int limitKib) {
        return topic(name, type, partitions, limitKib, config("delete", null, limitKib));
    }

    private <T extends SpecificRecord> Topic<String, T> compacted(String name, Class<T> type, int limitKib) {
        return topic(name, type, settings.decisionPartitions(), limitKib, config("compact", null, limitKib));
    }

    private <T extends SpecificRecord> Topic<String, T> topic(
            String name, Class<T> type, int partitions, int limitKib, Map<String, String> config) {
        return new Topic<>(
                settings.prefix() + name, Serdes.String(), serdes.of(type), partitions, limitKib * KIB, config);
    }

    private static Map<String, String> config(String cleanup, Duration kept, int limitKib) {
        Map<String, String> config = new HashMap<>();
        config.put("cleanup.policy", cleanup);
        config.put("retention.ms", kept == null ? "-1" : String.valueOf(kept.toMillis()));
        config.put("max.message.bytes", String.valueOf(Math.max(limitKib * KIB * 2, 0) + FRAMING_BYTES));
        return config;
    }
}
