package io.nightshift.bench.pipeline;

import io.nightshift.bench.Quantile;
import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.runtime.Stage;
import io.nightshift.schemas.Topics;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Time from producing telemetry to reading its anomaly with {@code read_committed}, while a fleet sends at a given rate and
 * a {@link Probe} now and then leaves its history.
 */
final class Latency {

    private static final int PROBES = 200;
    private static final Duration SPAN = Duration.ofSeconds(25);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Lab lab;
    private final Map<String, Long> sentNanos = new HashMap<>();
    private final Map<String, Double> millis = new HashMap<>();

    Latency(Lab lab) {
        this.lab = lab;
    }

    /** The 99th percentile in milliseconds; infinite when more than one probe in a hundred was never answered. */
    double p99Millis(double pointsPerSecond) {
        try (Feed feed = new Feed(lab);
                KafkaConsumer<String, Anomaly> anomalies = consumer()) {
            Probe.remember(feed, PROBES, micros());
            feed.flush();
            Stage detect = lab.detect("latency");
            try {
                Drain.of(lab, "latency", detect, lab.topics().metrics().name());
                play(feed, anomalies, pointsPerSecond);
            } finally {
                detect.close();
            }
        }
        double[] sorted = millis.values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        double[] all = Arrays.copyOf(sorted, PROBES);
        Arrays.fill(all, sorted.length, PROBES, Double.POSITIVE_INFINITY);
        return Quantile.of(all, 0.99);
    }

    private void play(Feed feed, KafkaConsumer<String, Anomaly> anomalies, double pointsPerSecond) {
        Fleet fleet = new Fleet(100_000);
        long begun = System.nanoTime();
        long lastTick = 0;
        long batches = 0;
        int probe = 0;
        while (probe < PROBES) {
            double seconds = (System.nanoTime() - begun) / 1e9;
            for (; batches < seconds * pointsPerSecond / Fleet.SERIES_OF_INSTANCE; batches++) {
                int instance = (int) (batches % fleet.instances());
                long at = micros();
                feed.send(Fleet.key(instance), fleet.batch(instance, at, Probe.EVERY_MICROS), at);
            }
            if ((long) seconds > lastTick) {
                lastTick = (long) seconds;
                feed.tick(micros());
            }
            // The first seconds bring the fleet up; then the probes are spread evenly.
            double share = (seconds - 5) / (SPAN.toSeconds() - 5);
            for (; probe < Math.min(PROBES, share * PROBES); probe++) {
                long at = micros();
                sentNanos.put(new Probe(probe).instance(), System.nanoTime());
                new Probe(probe).alarm(feed, at);
            }
            read(anomalies, Duration.ofMillis(1));
        }
        feed.flush();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (millis.size() < PROBES && System.nanoTime() < deadline) {
            feed.tick(micros());
            read(anomalies, Duration.ofMillis(5));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private void read(KafkaConsumer<String, Anomaly> anomalies, Duration wait) {
        for (ConsumerRecord<String, Anomaly> record : anomalies.poll(wait)) {
            String instance = record.value().getSubject().getInstance();
            Long sent = sentNanos.get(instance);
            if (sent != null && record.value().getPhase() == AnomalyPhase.OPEN) {
                millis.putIfAbsent(instance, (System.nanoTime() - sent) / 1e6);
            }
        }
    }

    private KafkaConsumer<String, Anomaly> consumer() {
        Topics topics = lab.topics();
        KafkaConsumer<String, Anomaly> consumer = new KafkaConsumer<>(
                lab.access("latency-reader").consumer("reader"),
                topics.anomalies().key().deserializer(),
                topics.anomalies().value().deserializer());
        consumer.subscribe(List.of(topics.anomalies().name()));
        return consumer;
    }

    private static long micros() {
        return System.currentTimeMillis() * 1_000;
    }
}
