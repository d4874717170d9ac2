package io.nightshift.detect.topology;

import io.nightshift.detect.domain.forecast.ForecastSettings;
import io.nightshift.detect.domain.metric.InstanceMetrics;
import io.nightshift.detect.domain.metric.SeriesNames;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.rollup.RollupPart;
import io.nightshift.events.EntityRef;
import io.nightshift.events.Resource;
import io.nightshift.schemas.ServiceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Each metric series against its own history, and bounded resources against their limits; one state per instance. */
final class MetricScoring implements Processor<String, Arrival, String, Scored> {

    static final String STORE = "metric-baselines";
    /** Stands in no service key: {@link ServiceKey} keeps it out of its parts, and the gate drops the sub-key. */
    private static final char INSTANCE = '~';

    /**
     * A crash costs at most so many batches of a baseline, or as many seconds' worth: at one point a minute and series, more
     * frequent writing would make the changelog several times as large as the telemetry.
     */
    private static final int BATCHES = 12;

    private static final long SECONDS = 600;

    /** Series of one service in a minute's rollup, about as many as its record holds; shared by its instances. */
    private static final int MOST_SERIES = 96;

    private static final int LEAST_SERIES = 8;

    private static final long FORGET_MICROS = 6 * 3600 * 1_000_000L;

    private final ForecastSettings forecasts;
    private final SeriesNames names = new SeriesNames();
    private ProcessorContext<String, Scored> context;
    private Book<InstanceMetrics> book;
    private long minute;

    MetricScoring(ForecastSettings forecasts) {
        this.forecasts = forecasts;
    }

    @Override
    public void init(ProcessorContext<String, Scored> context) {
        this.context = context;
        book = new Book<>(
                context.getStateStore(STORE),
                key -> new InstanceMetrics(entity(key), forecasts, names),
                new Book.Form<>(
                        (key, parts) -> InstanceMetrics.fromParts(parts, entity(key), forecasts, names),
                        InstanceMetrics::takeParts,
                        BATCHES,
                        SECONDS));
    }

    @Override
    public void process(Record<String, Arrival> record) {
        if (record.value() instanceof Arrival.Metrics metrics) {
            Resource from = metrics.resource();
            String key = record.key() + INSTANCE + nameOf(from.getInstance());
            InstanceMetrics instance = book.change(key);
            boolean decided = instance.accept(
                    metrics.points(), metrics.ref(), judgement -> say(record.key(), judgement, record.timestamp()));
            if (decided) {
                book.write(key);
            }
        } else if (record.value() instanceof Arrival.Time time) {
            time(time.nowMicros(), record.timestamp());
        }
    }

    private void time(long nowMicros, long timestamp) {
        long nowMinute = nowMicros / 60_000_000;
        if (minute != 0 && nowMinute > minute) {
            closeMinute(timestamp);
            List<String> gone = book.all().entrySet().stream()
                    .filter(e -> nowMicros - e.getValue().lastSeenMicros() > FORGET_MICROS)
                    .map(Map.Entry::getKey)
                    .toList();
            gone.forEach(book::forget);
        }
        minute = Math.max(minute, nowMinute);
        book.rotate(nowMicros);
    }

    private void closeMinute(long timestamp) {
        Map<String, Integer> instances = new HashMap<>();
        book.all().keySet().forEach(key -> instances.merge(service(key), 1, Integer::sum));
        Map<String, RollupPart> parts = new HashMap<>();
        book.all().forEach((key, instance) -> {
            String service = service(key);
            int room = Math.max(LEAST_SERIES, MOST_SERIES / instances.get(service));
            RollupPart part = instance.takeMinute(minute, room);
            parts.merge(service, part, RollupPart::plus);
        });
        parts.forEach((service, part) -> {
            if (!part.series().isEmpty()) {
                context.forward(new Record<>(service, new Scored.Part(part), timestamp));
            }
        });
    }

    private static String service(String key) {
        return key.substring(0, key.indexOf(INSTANCE));
    }

    /** Null characters separate parts in the store; no honest instance has one in its name. */
    private static String nameOf(String instance) {
        return instance == null ? "" : instance.indexOf(0) < 0 ? instance : instance.replace('\0', '?');
    }

    private void say(String service, Judgement judgement, long timestamp) {
        context.forward(new Record<>(service, new Scored.Judged(judgement), timestamp));
    }

    private static EntityRef entity(String key) {
        int at = key.indexOf(INSTANCE);
        String instance = key.substring(at + 1);
        return ServiceKey.parse(key.substring(0, at)).entity(instance.isEmpty() ? null : instance);
    }
}
