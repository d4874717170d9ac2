package io.nightshift.ingest.domain;

import io.nightshift.events.MetricBatch;
import io.nightshift.events.MetricKind;
import io.nightshift.events.MetricSeries;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the points of one resource into series, within its limits, and the series into records. */
final class SeriesCollector {
    private final Senders.Sender sender;
    private final Reception reception;
    private final Limits limits;
    private final SeriesBudget budget;
    private final Tally drops;
    private final Attributes attributes;
    private final Packer<MetricSeries, MetricBatch> present;
    private final Packer<MetricSeries, MetricBatch> ahead;

    private final Map<SeriesDraft.Id, SeriesDraft> presentDrafts = new HashMap<>();
    private final Map<SeriesDraft.Id, SeriesDraft> aheadDrafts = new HashMap<>();
    private String name = "";
    private String unit = "";

    SeriesCollector(
            Senders.Sender sender,
            Reception reception,
            Limits limits,
            SeriesBudget budget,
            Normalised<MetricBatch> result) {
        this.sender = sender;
        this.reception = reception;
        this.limits = limits;
        this.budget = budget;
        this.drops = result.drops();
        this.attributes = new Attributes(limits);
        int room = limits.recordBytes() - AvroSize.frame(sender.resource(), reception.source());
        this.present = new Packer<>(sender.key(), room, this::batch, result.parcels());
        this.ahead = new Packer<>(sender.key(), room, this::batch, result.quarantined());
    }

    /** Points of this metric follow. */
    void begin(String metricName, String metricUnit) {
        name = metricName;
        unit = metricUnit;
    }

    long time(long unsignedNanos) {
        return Times.micros(unsignedNanos, reception.atMicros());
    }

    void drop(Reason reason, int points) {
        drops.add(reason, points);
    }

    void add(List<KeyValue> pairs, MetricKind kind, boolean monotonic, List<Double> bounds, Point point) {
        Attributes.Labels labels = attributes.labels(pairs);
        if (labels.refused() != null) {
            drop(labels.refused(), 1);
        } else if (Double.isNaN(point.value())) {
            drop(Reason.NO_VALUE, 1);
        } else if (Double.isInfinite(point.value())) {
            drop(Reason.NOT_FINITE, 1);
        } else {
            place(new SeriesDraft.Id(name, unit, kind, monotonic, labels.map(), bounds), point);
        }
    }

    private void place(SeriesDraft.Id id, Point point) {
        boolean isAhead = Times.isFarAhead(point.timeMicros(), reception.atMicros(), limits);
        Map<SeriesDraft.Id, SeriesDraft> drafts = isAhead ? aheadDrafts : presentDrafts;
        SeriesDraft draft = drafts.get(id);
        if (draft == null) {
            if (!isAhead && !isAdmitted(id)) {
                drop(Reason.TOO_MANY_SERIES, 1);
                return;
            }
            draft = new SeriesDraft(id);
            drafts.put(id, draft);
        } else if (draft.isFull()) {
            pack(draft, isAhead ? ahead : present);
            draft = new SeriesDraft(id);
            drafts.put(id, draft);
        }
        draft.add(point);
    }

    private boolean isAdmitted(SeriesDraft.Id id) {
        long identity = SeriesBudget.identity(sender.resource().getInstance(), id.name(), id.attributes());
        return budget.admits(sender.service().toString(), identity, reception.atMicros());
    }

    /** The points of the metric are complete. */
    void end() {
        presentDrafts.values().forEach(draft -> pack(draft, present));
        aheadDrafts.values().forEach(draft -> pack(draft, ahead));
        presentDrafts.clear();
        aheadDrafts.clear();
    }

    void finish() {
        present.seal();
        ahead.seal();
    }

    private static void pack(SeriesDraft draft, Packer<MetricSeries, MetricBatch> packer) {
        MetricSeries series = draft.series();
        packer.add(series, AvroSize.of(series), draft.points(), draft.newestMicros());
    }

    private MetricBatch batch(List<MetricSeries> series) {
        return new MetricBatch(sender.resource(), reception.atMicros(), reception.source(), series);
    }
}
