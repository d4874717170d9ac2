package io.nightshift.bench.chaos;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.bench.Figures;
import io.nightshift.bench.Quantile;
import io.nightshift.bench.chaos.Trial.Shape;
import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Verdict;
import io.nightshift.remediate.RemediateStages;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.inventory.InventoryFile;
import io.nightshift.runtime.kafka.KafkaAccess;
import io.nightshift.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How long admission takes over a verdict: in its own processor, and from a proposal's being sent until a reader of committed
 * records has its verdict. Every incident is open all along, and a person is asked about each.
 */
final class VerdictTimes {

    private static final int MOST_WARM_UP = 100;
    private static final double PER_SECOND = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Trial trial;
    private final KafkaConsumer<String, ActionEvent> actions;
    private final Map<String, Long> sentNanos = new HashMap<>();
    private final Map<String, Double> millis = new HashMap<>();
    private final int warmUp;
    private String policyVersion = "";

    private VerdictTimes(Trial trial, int warmUp, KafkaConsumer<String, ActionEvent> actions) {
        this.trial = trial;
        this.warmUp = warmUp;
        this.actions = actions;
    }

    static void measure(Ground ground, Path home, Path policy, int verdicts, Figures figures)
            throws IOException, InterruptedException {
        int warmUp = Math.min(MOST_WARM_UP, verdicts);
        try (Trial trial = new Trial(
                        ground, home, Shape.of(warmUp + verdicts, 1, true).asking());
                KafkaConsumer<String, ActionEvent> actions = reader(trial)) {
            Stage admission = admission(trial, trial.configure("verdicts", "policy: \"" + policy + "\""));
            admission.start();
            try {
                new VerdictTimes(trial, warmUp, actions).play(figures);
            } finally {
                admission.close();
            }
        }
    }

    private static KafkaConsumer<String, ActionEvent> reader(Trial trial) {
        Topics topics = trial.topics();
        KafkaConsumer<String, ActionEvent> actions = new KafkaConsumer<>(
                trial.kafka().consumer("verdicts"),
                topics.actions().key().deserializer(),
                topics.actions().value().deserializer());
        actions.subscribe(List.of(topics.actions().name()));
        return actions;
    }

    /** The stage of production, in this process so that it can be timed. */
    private static Stage admission(Trial trial, Path config) {
        KafkaAccess kafka = trial.kafka();
        Map<String, String> properties = new HashMap<>(kafka.security());
        properties.put(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, AdmissionTimes.class.getName());
        Path folder = trial.folder();
        Stage admission = null;
        for (Stage stage : RemediateStages.of(new StageContext(
                trial.topics(),
                new KafkaAccess(
                        kafka.bootstrapServers(),
                        kafka.clusterId(),
                        properties,
                        kafka.prefix(),
                        folder.resolve("streams")),
                ConfigFile.read(config).section("remediate"),
                InventoryFile.read(folder.resolve("inventory.yaml")),
                new SimpleMeterRegistry(),
                folder.resolve("stage"),
                Clock.systemUTC()))) {
            if (stage.name().equals("admission")) {
                admission = stage;
            } else {
                stage.close();
            }
        }
        return Objects.requireNonNull(admission, "the stage admission");
    }

    private void play(Figures figures) throws InterruptedException {
        List<Case> cases = trial.shape().estate().names().stream()
                .map(service -> new Case(service, 0, Instant.now()))
                .toList();
        for (Case one : cases) {
            trial.rehearsal().send(trial.topics().incidents(), one.incidentId(), one.incident(1, Instant.now(), null));
        }
        propose(cases.subList(0, warmUp));
        millis.clear();
        AdmissionTimes.take();
        propose(cases.subList(warmUp, cases.size()));
        List<AdmissionTimes.Time> taken = AdmissionTimes.take();
        double[] stage = sorted(taken, AdmissionTimes.Time::millis);
        double[] cpu = sorted(taken, AdmissionTimes.Time::cpuMillis);
        double[] readable = millis.values().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        figures.put("verdicts", stage.length)
                .put("verdict_ms_p50", Quantile.of(stage, 0.5))
                .put("verdict_ms_p99", Quantile.of(stage, 0.99))
                .put("verdict_ms_max", Quantile.of(stage, 1))
                .put("verdict_cpu_ms_p50", Quantile.of(cpu, 0.5))
                .put("verdict_cpu_ms_p99", Quantile.of(cpu, 0.99))
                .put("verdict_readable_ms_p50", Quantile.of(readable, 0.5))
                .put("verdict_readable_ms_p99", Quantile.of(readable, 0.99))
                .put("commit_interval_ms", commitInterval())
                .put("policy_version", policyVersion);
    }

    private static double[] sorted(List<AdmissionTimes.Time> taken, ToDoubleFunction<AdmissionTimes.Time> part) {
        return taken.stream().mapToDouble(part).sorted().toArray();
    }

    private long commitInterval() {
        Object millis = trial.kafka().streams("admission").get(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG);
        return ((Number) millis).longValue();
    }

    /** Sends them one after the other, and waits until each has its verdict. */
    private void propose(List<Case> cases) throws InterruptedException {
        long began = System.nanoTime();
        int next = 0;
        while (millis.size() < cases.size()) {
            double seconds = (System.nanoTime() - began) / 1e9;
            for (; next < cases.size() && next < seconds * PER_SECOND; next++) {
                Case one = cases.get(next);
                Instant now = Instant.now();
                sentNanos.put(one.incidentId(), System.nanoTime());
                trial.rehearsal()
                        .send(
                                trial.topics().investigations(),
                                one.incidentId(),
                                one.investigation(0, now, one.proposal().build()));
            }
            for (ConsumerRecord<String, ActionEvent> record : actions.poll(Duration.ofMillis(1))) {
                take(record.value());
            }
            if (seconds > cases.size() / PER_SECOND + PATIENCE.toSeconds()) {
                throw new IllegalStateException(
                        "only " + millis.size() + " of " + cases.size() + " proposals have a verdict");
            }
        }
    }

    private void take(ActionEvent event) {
        if (event.getStatus() == ActionStatus.PROPOSED) {
            return;
        }
        Verdict verdict = event.getVerdict();
        if (event.getStatus() != ActionStatus.AWAITING_APPROVAL) {
            throw new IllegalStateException("a person was to be asked, but " + event.getSentence());
        }
        policyVersion = verdict.getPolicyVersion();
        millis.put(event.getIncidentId(), (System.nanoTime() - sentNanos.get(event.getIncidentId())) / 1e6);
    }
}
