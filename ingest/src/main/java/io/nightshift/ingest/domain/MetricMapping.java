package io.nightshift.ingest.domain;

import io.nightshift.events.MetricBatch;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;

/** OTLP metrics as {@link MetricBatch} records, one or more a resource. Every value that leaves here is finite. */
public final class MetricMapping {
    private final Limits limits;
    private final Senders senders;
    private final SeriesBudget budget;

    public MetricMapping(Limits limits, Spread spread, SeriesBudget budget) {
        this.limits = limits;
        this.senders = new Senders(limits, spread);
        this.budget = budget;
    }

    public Normalised<MetricBatch> map(ExportMetricsServiceRequest request, Reception reception) {
        Normalised<MetricBatch> result = new Normalised<>();
        for (ResourceMetrics block : request.getResourceMetricsList()) {
            SeriesCollector collector =
                    new SeriesCollector(senders.of(block.getResource()), reception, limits, budget, result);
            for (ScopeMetrics scope : block.getScopeMetricsList()) {
                for (Metric metric : scope.getMetricsList()) {
                    new MetricPoints(metric, collector, limits).collect();
                }
            }
            collector.finish();
        }
        return result;
    }
}
