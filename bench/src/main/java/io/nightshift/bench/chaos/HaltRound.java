package io.nightshift.bench.chaos;

import io.nightshift.bench.chaos.Trial.Shape;
import io.nightshift.events.HaltMode;
import io.nightshift.oversee.people.Controls;
import io.nightshift.schemas.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fifty plans are under way, somebody else's transaction is open, and a person halts: in the topic only, by no file. */
final class HaltRound {

    private static final Duration UP = Duration.ofSeconds(120);
    private static final int PLANS = 50;
    /** An effect whose last look was just before the halt begins so much later at most. */
    private static final long GRACE_MILLIS = 1_500;

    private HaltRound() {}

    static Findings play(Ground ground, Path home) throws IOException, InterruptedException {
        try (Trial trial = new Trial(
                        ground, home, Shape.of(PLANS, 2, true).lasting("2", 10).inFlight(PLANS));
                KafkaProducer<byte[], byte[]> elsewhere = elsewhere(trial);
                Controls controls = new Controls(
                        trial.kafka(),
                        trial.topics(),
                        SigningKey.generate(),
                        trial.folder().resolve("not-its-halt-file"),
                        Clock.systemUTC())) {
            Rounds.startAll(trial, 2);
            trial.openAll(1);
            boolean busy = Trial.await(UP, () -> trial.oracle().effects().size() >= 10);
            elsewhere.beginTransaction();
            elsewhere.send(new ProducerRecord<>(trial.topics().lessons().name(), 0, new byte[1], null));
            elsewhere.flush();
            controls.write(HaltMode.HALT, "alice", "enough", "chaos");
            long quietFrom = System.currentTimeMillis() + GRACE_MILLIS;
            Thread.sleep(8_000);
            for (Member member : trial.members()) {
                member.kill();
                member.start();
            }
            Thread.sleep(10_000);
            elsewhere.abortTransaction();
            boolean still = Trial.await(UP, () -> trial.rehearsal().isStill());
            Findings findings = Rounds.findings(trial, true).killed(2);
            long late = trial.oracle().effects().stream()
                    .filter(effect -> effect.didMillis() > quietFrom)
                    .count();
            Findings judged = late == 0 ? findings : findings.broken(late + " effects after the halt");
            Findings ended = still
                    ? judged
                    : judged.broken("still under way: " + trial.rehearsal().statuses());
            return busy ? ended : ended.broken("the halt round never got busy");
        }
    }

    private static KafkaProducer<byte[], byte[]> elsewhere(Trial trial) {
        Map<String, Object> settings = new HashMap<>(trial.kafka().producer());
        settings.put("transactional.id", trial.kafka().prefix() + "elsewhere");
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }
}
