package io.nightshift.detect.topology;

import io.nightshift.detect.domain.time.TickClock;
import io.nightshift.events.LogBatch;
import io.nightshift.events.RecordRef;
import io.nightshift.events.Resource;
import io.nightshift.events.SpanBatch;
import io.nightshift.events.Tick;
import io.nightshift.schemas.KeyPartition;
import io.nightshift.schemas.ServiceKey;
import io.nightshift.schemas.points.MetricPoints;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The first step of every telemetry record. One that does not sit where its key belongs goes back to the right partition of
 * its topic, once; one without a key, from the far future, too late, or about somebody else than its key names goes to the
 * dead letters with its bytes. What is left is {@link Arrival}.
 */
final class Gate implements Processor<byte[], Received<?>, String, Passage> {

    static final String REROUTED = "nightshift.rerouted";
    /** A header: the service is spread over sub-keys, and other partitions see other instances of it. */
    static final String PART = "nightshift.part";

    private static final long FUTURE_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final long GRACE_MICROS = TimeUnit.MINUTES.toMicros(10);
    /** How far ahead of time a sender is taken to have been heard: its own clock must not make it live on in silence. */
    private static final long AHEAD_MICROS = TimeUnit.MINUTES.toMicros(1);

    /** As much as ingest lets through. */
    private static final int MAX_NAME_BYTES = 512;

    private final int partitions;
    private final String ticksTopic;
    private final Tallies tallies;
    private ProcessorContext<String, Passage> context;
    private final TickClock clock = new TickClock();
    private long watermark;

    Gate(int partitions, String ticksTopic, Tallies tallies) {
        this.partitions = partitions;
        this.ticksTopic = ticksTopic;
        this.tallies = tallies;
    }

    @Override
    public void init(ProcessorContext<String, Passage> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], Received<?>> received) {
        RecordMetadata from = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("telemetry is read from topics only"));
        if (received.value() == null) {
            reject(received, from, "the value is missing");
        } else if (from.topic().equals(ticksTopic)) {
            time(received, (Tick) received.value().value());
        } else if (received.key() == null) {
            reject(received, from, "the key is missing: it must be environment/namespace/service");
        } else if (KeyPartition.of(received.key(), partitions) != from.partition()) {
            reroute(received, from);
        } else {
            admit(received, from);
        }
    }

    private void time(Record<byte[], Received<?>> received, Tick tick) {
        boolean wentOn = clock.hear(tick.getWriter(), tick.getWatermarkMicros());
        watermark = clock.nowMicros();
        if (clock.isApart(tick.getWriter())) {
            tallies.count("ticks-apart");
        }
        if (wentOn) {
            Tick agreed = Tick.newBuilder(tick).setWatermarkMicros(watermark).build();
            context.forward(new Record<>("", new Passage.Passed(new Arrival.Time(agreed)), received.timestamp()));
        }
    }

    private void reroute(Record<byte[], Received<?>> received, RecordMetadata from) {
        if (received.headers().lastHeader(REROUTED) != null) {
            reject(received, from, "rerouted once and still in the wrong partition: is the partition count right?");
            return;
        }
        tallies.count("rerouted");
        Headers headers = received.headers().add(REROUTED, bytes(from.partition() + "@" + from.offset()));
        context.forward(new Record<>(
                "",
                new Passage.Misplaced(
                        from.topic(), received.key(), received.value().bytes()),
                received.timestamp(),
                headers));
    }

    private void admit(Record<byte[], Received<?>> received, RecordMetadata from) {
        String key = new String(received.key(), StandardCharsets.UTF_8);
        Object value = received.value().value();
        RecordRef ref = new RecordRef(from.topic(), from.partition(), from.offset());
        Arrival.Telemetry telemetry;
        EventTimes times;
        if (value instanceof MetricPoints points) {
            times = EventTimes.of(points);
            telemetry = new Arrival.Metrics(points, heardAt(times), ref);
        } else if (value instanceof LogBatch logs) {
            times = EventTimes.of(logs);
            telemetry = new Arrival.Logs(logs, heardAt(times), ref);
        } else {
            SpanBatch spans = (SpanBatch) value;
            times = EventTimes.of(spans);
            telemetry = new Arrival.Spans(spans, heardAt(times), ref);
        }
        String problem = problemOf(key, telemetry.resource(), times);
        if (problem != null) {
            reject(received, from, problem);
        } else {
            String service = ServiceKey.of(telemetry.resource()).toString();
            Record<String, Passage> passed = new Record<>(service, new Passage.Passed(telemetry), received.timestamp());
            context.forward(key.equals(service) ? passed : passed.withHeaders(ofAPart()));
        }
    }

    /** Before the first ticks nothing tells a fast clock from a right one: nobody counts as heard in those two seconds. */
    private static Headers ofAPart() {
        return new RecordHeaders().add(PART, new byte[0]);
    }

    private long heardAt(EventTimes times) {
        return watermark == 0 ? 0 : Math.min(times.latest(), watermark + AHEAD_MICROS);
    }

    private String problemOf(String key, Resource resource, EventTimes times) {
        if (watermark > 0 && times.latest() > 0 && times.earliest() > watermark + FUTURE_MICROS) {
            return "from the far future: more than an hour ahead of the watermark";
        }
        if (watermark > 0 && times.latest() > 0 && times.latest() < watermark - GRACE_MICROS) {
            return "late beyond grace: more than ten minutes behind the watermark";
        }
        if (resource.getService().isBlank()) {
            return "the service name is missing";
        }
        if (isLong(resource.getEnvironment())
                || isLong(resource.getNamespace())
                || isLong(resource.getService())
                || isLong(resource.getInstance())
                || isLong(resource.getVersion())) {
            return "a name of the sender is longer than 512 bytes";
        }
        try {
            return ServiceKey.parse(key).equals(ServiceKey.of(resource))
                    ? null
                    : "the key does not name the service that the record is about";
        } catch (IllegalArgumentException e) {
            return "the key is not of the form environment/namespace/service";
        }
    }

    /** Names travel into records with budgets of their own, such as the graph's. */
    private static boolean isLong(String name) {
        return name != null && Utils.utf8Length(name) > MAX_NAME_BYTES;
    }

    private void reject(Record<byte[], Received<?>> received, RecordMetadata from, String reason) {
        tallies.count("dead-letters");
        Headers headers = received.headers()
                .add("nightshift.source.topic", bytes(from.topic()))
                .add("nightshift.source.partition", bytes(String.valueOf(from.partition())))
                .add("nightshift.source.offset", bytes(String.valueOf(from.offset())))
                .add("nightshift.source.timestamp", bytes(String.valueOf(received.timestamp())))
                .add("nightshift.reason", bytes(reason))
                .add("nightshift.stage", bytes("detect"));
        byte[] original =
                received.value() == null ? new byte[0] : received.value().bytes();
        context.forward(
                new Record<>("", new Passage.Rejected(bytes(from.topic()), original), received.timestamp(), headers));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
