package io.nightshift.detect.topology;

import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.slo.CountedSeries;
import io.nightshift.detect.domain.slo.Objective;
import io.nightshift.detect.domain.slo.ServiceObjectives;
import io.nightshift.schemas.KeyPartition;
import io.nightshift.schemas.points.MetricPoints;
import io.nightshift.schemas.points.PointBuckets;
import io.nightshift.schemas.points.SeriesIdentity;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Objectives of services against their error budgets, in windows that ticks move on. */
final class ObjectiveScoring implements Processor<String, Arrival, String, Scored> {

    static final String STORE = "error-budgets";

    private static final Logger LOG = LoggerFactory.getLogger(ObjectiveScoring.class);

    private final Map<String, List<Objective>> declared;
    private final int partitions;
    private final Tallies tallies;
    private ProcessorContext<String, Scored> context;
    private Book<ServiceObjectives> book;
    private List<String> ours;

    ObjectiveScoring(List<Objective> objectives, int partitions, Tallies tallies) {
        this.declared = objectives.stream()
                .collect(Collectors.groupingBy(
                        objective -> objective.source().toString(), LinkedHashMap::new, Collectors.toList()));
        this.partitions = partitions;
        this.tallies = tallies;
    }

    @Override
    public void init(ProcessorContext<String, Scored> context) {
        this.context = context;
        book = new Book<>(
                context.getStateStore(STORE),
                service -> new ServiceObjectives(declared.getOrDefault(service, List.of())),
                (service, bytes) -> ServiceObjectives.fromBytes(bytes, declared.getOrDefault(service, List.of())),
                ServiceObjectives::toBytes);
        int partition = context.taskId().partition();
        ours = declared.keySet().stream()
                .filter(service -> KeyPartition.of(service.getBytes(StandardCharsets.UTF_8), partitions) == partition)
                .toList();
    }

    @Override
    public void process(Record<String, Arrival> record) {
        if (record.value() instanceof Arrival.Time time) {
            time(time.nowMicros(), record.timestamp());
        } else if (declared.containsKey(record.key())) {
            ServiceObjectives objectives = book.change(record.key());
            if (record.value() instanceof Arrival.Spans spans) {
                spans.batch().getSpans().forEach(objectives::span);
            } else if (record.value() instanceof Arrival.Metrics metrics) {
                count(metrics.points(), objectives);
            }
        }
    }

    private static void count(MetricPoints batch, ServiceObjectives objectives) {
        for (int s = 0; s < batch.size(); s++) {
            int series = s;
            if (objectives.wants(batch.hash(s), () -> batch.identity(series).name())) {
                count(batch, s, objectives);
            }
        }
    }

    private static void count(MetricPoints batch, int s, ServiceObjectives objectives) {
        SeriesIdentity identity = batch.identity(s);
        CountedSeries series = new CountedSeries(
                batch.resource().getInstance(),
                identity.name(),
                identity.kind(),
                identity.monotonic(),
                identity.attributes());
        PointBuckets buckets = series.isHistogram() ? batch.buckets(s) : null;
        for (int point = batch.first(s); point < batch.first(s + 1); point++) {
            int index = point - batch.first(s);
            objectives.point(
                    series,
                    new CountedSeries.Point(
                            batch.time(point),
                            batch.start(point),
                            batch.value(point),
                            batch.count(point),
                            buckets != null && buckets.has(index) ? value -> buckets.atMost(index, value) : null));
        }
    }

    private void time(long nowMicros, long timestamp) {
        // Those that nothing ever came for are watched too: somebody declared them and waits.
        ours.forEach(book::change);
        book.all().forEach((service, objectives) -> {
            if (objectives.time(nowMicros, judgement -> say(service, judgement, timestamp))) {
                book.write(service);
            }
            objectives.takeUnseen().forEach(this::unseen);
        });
        book.rotate(nowMicros);
    }

    private void unseen(Objective objective) {
        tallies.count("objectives-without-telemetry");
        LOG.warn(
                "{}: no telemetry of {} counts for the objective '{}' so far: check the metric's name and attributes, or"
                        + " whether the service sends spans",
                objective.where(),
                objective.source(),
                objective.name());
    }

    private void say(String service, Judgement judgement, long timestamp) {
        context.forward(new Record<>(service, new Scored.Judged(judgement), timestamp));
    }
}
