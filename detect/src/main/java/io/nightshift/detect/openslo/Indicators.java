package io.nightshift.detect.openslo;

import io.nightshift.detect.domain.slo.AttributeFilter;
import io.nightshift.detect.domain.slo.EventSource;
import io.nightshift.detect.domain.slo.EventSource.Outcome;
import io.nightshift.detect.domain.slo.Indicator;
import io.nightshift.detect.domain.slo.Indicator.Comparison;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.schemas.ServiceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what an SLI counts. */
final class Indicators {

    private static final Map<String, Comparison> COMPARISONS =
            Map.of("lte", Comparison.LTE, "lt", Comparison.LT, "gte", Comparison.GTE, "gt", Comparison.GT);
    private static final Map<String, Outcome> OUTCOMES =
            Map.of("any", Outcome.ANY, "ok", Outcome.OK, "error", Outcome.ERROR);

    /** An indicator, and the service whose telemetry it reads. */
    record Read(Indicator indicator, ServiceKey service) {}

    private record Source(EventSource events, ServiceKey service, ConfigNode place) {}

    private final ServiceNames services;
    private final DataSources sources;

    Indicators(ServiceNames services, DataSources sources) {
        this.services = services;
        this.sources = sources;
    }

    static boolean isThreshold(ConfigNode sli) {
        return sli.get("thresholdMetric").isPresent();
    }

    /** Reads the spec of an SLI for one objective of a service. */
    Read of(ConfigNode sli, ConfigNode objective, ServiceKey service) {
        sli.allowOnly(Set.of("description", "thresholdMetric", "ratioMetric"));
        Optional<ConfigNode> threshold = sli.get("thresholdMetric");
        Optional<ConfigNode> ratio = sli.get("ratioMetric");
        if (threshold.isPresent() == ratio.isPresent()) {
            throw sli.error("either 'ratioMetric' or 'thresholdMetric' is expected; write one of them");
        }
        return threshold.isPresent() ? threshold(threshold.get(), objective, service) : ratio(ratio.get(), service);
    }

    private Read threshold(ConfigNode node, ConfigNode objective, ServiceKey service) {
        node.allowOnly(Set.of("metricSource"));
        Source source = source(node, false, service);
        Comparison comparison = OpenSloFiles.choice(objective.require("op"), Comparison.class, COMPARISONS);
        double value = objective.require("value").number();
        return new Read(new Indicator.Threshold(source.events(), comparison, value), source.service());
    }

    private Read ratio(ConfigNode node, ServiceKey service) {
        node.allowOnly(Set.of("counter", "good", "bad", "total", "raw", "rawType"));
        if (node.get("raw").isPresent()) {
            return share(node, service);
        }
        boolean good = node.get("good").isPresent();
        if (good == node.get("bad").isPresent()) {
            throw node.error("either 'good' or 'bad' is expected beside 'total'; write one of them");
        }
        boolean counter = node.bool("counter", false);
        Source total = source(node.require("total").allowOnly(Set.of("metricSource")), counter, service);
        ConfigNode partNode = node.require(good ? "good" : "bad").allowOnly(Set.of("metricSource"));
        Source part = source(partNode, counter, service);
        if (part.events().isMetric() != total.events().isMetric()) {
            throw part.place()
                    .error("'total' and this one count in different telemetry; use 'metric' or 'spans' in both");
        }
        if (!part.service().equals(total.service())) {
            throw part.place()
                    .error("'total' is of " + total.service() + " and this one of " + part.service()
                            + "; both must be of one service");
        }
        return new Read(new Indicator.Ratio(part.events(), !good, total.events()), total.service());
    }

    private Read share(ConfigNode node, ServiceKey service) {
        for (String key : List.of("good", "bad", "total")) {
            node.get(key).ifPresent(other -> {
                throw other.error("'raw' is the whole ratio; remove '" + key + "' or 'raw'");
            });
        }
        ConfigNode type = node.require("rawType");
        if (!Set.of("success", "failure").contains(type.text())) {
            throw type.error("'" + type.text() + "' is neither success nor failure; write one of them");
        }
        Source source = source(node.require("raw").allowOnly(Set.of("metricSource")), false, service);
        if (!(source.events() instanceof EventSource.Metric metric)) {
            throw source.place()
                    .error("a raw ratio comes from a metric; use 'metric', or 'good' and 'total' for spans");
        }
        return new Read(new Indicator.Share(metric, type.text().equals("success")), source.service());
    }

    private Source source(ConfigNode holder, boolean counter, ServiceKey service) {
        ConfigNode spec = sources.spec(holder.require("metricSource"));
        spec.allowOnly(Set.of("service", "metric", "attributes", "spans"));
        ServiceKey of = spec.get("service").map(services::of).orElse(service);
        if (spec.get("metric").isPresent() == spec.get("spans").isPresent()) {
            throw spec.error("either 'metric' or 'spans' is expected; write 'metric: NAME', or 'spans: {status: any}'");
        }
        EventSource events = spec.get("spans")
                .<EventSource>map(Indicators::spans)
                .orElseGet(() -> new EventSource.Metric(name(spec.require("metric")), attributes(spec), counter));
        if (!events.isMetric()) {
            spec.get("attributes").ifPresent(attributes -> {
                throw attributes.error("spans are chosen by status, fasterThan and operation; remove 'attributes'");
            });
        }
        return new Source(events, of, spec);
    }

    private static String name(ConfigNode metric) {
        if (metric.text().isBlank()) {
            throw metric.error("the metric has no name; write it as its sender does");
        }
        return metric.text();
    }

    private static EventSource.Spans spans(ConfigNode node) {
        node.allowOnly(Set.of("status", "fasterThan", "operation"));
        return new EventSource.Spans(
                node.get("status")
                        .map(status -> OpenSloFiles.choice(status, Outcome.class, OUTCOMES))
                        .orElse(Outcome.ANY),
                node.get("fasterThan")
                        .map(limit -> limit.duration().toNanos() / 1000)
                        .orElse(0L),
                node.text("operation", ""));
    }

    private static AttributeFilter attributes(ConfigNode spec) {
        Map<String, List<String>> wanted = new LinkedHashMap<>();
        spec.get("attributes").ifPresent(node -> {
            for (String name : node.keys()) {
                wanted.put(name, patterns(node.require(name)));
            }
        });
        return new AttributeFilter(wanted);
    }

    /** One value or a list of them. */
    private static List<String> patterns(ConfigNode node) {
        if (!node.isList()) {
            return List.of(node.text());
        }
        List<String> patterns = new ArrayList<>();
        node.items().forEach(item -> patterns.add(item.text()));
        return patterns;
    }
}
