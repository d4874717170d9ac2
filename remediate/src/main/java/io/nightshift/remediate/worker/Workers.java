package io.nightshift.remediate.worker;

import io.nightshift.remediate.RemediateSettings;
import io.nightshift.remediate.domain.Planning;
import io.nightshift.remediate.domain.PolicyChanges;
import io.nightshift.remediate.target.ArgvProbe;
import io.nightshift.remediate.target.Confined;
import io.nightshift.remediate.target.DeclaredTargets;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.runtime.config.InstanceId;
import io.nightshift.runtime.worker.PausingWorker;
import io.nightshift.schemas.signing.TrustedKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Puts the workers together. */
public final class Workers {

    /** Beyond the longest run: nothing is begun that could outlast that, so that a run is hardly ever ended by the worker. */
    private static final Duration RUN_MARGIN = Duration.ofMinutes(1);

    private static final Duration LONGEST_ROUND = Duration.ofSeconds(30);
    private static final Duration LOOK_BACK = Duration.ofDays(1);

    /** More than a worker's transaction can stay open: its timeout of 10 s, and 10 s more until a broker looks. */
    private static final Duration READ_BACK_WITHIN = Duration.ofSeconds(30);

    private final StageContext context;
    private final RemediateSettings settings;
    private final Confined confined;
    private final Health health;

    public Workers(StageContext context, RemediateSettings settings) {
        this.context = context;
        this.settings = settings;
        this.confined = new Confined(context.folder().resolve("commands"));
        this.health = new Health(new ArgvProbe(confined, context.clock()));
    }

    public Stage executor(PolicyChanges changes, TrustedKeys keys) {
        Path folder = context.folder();
        Supplier<Consumer<byte[], byte[]>> everything =
                consumers(PresentEnd.settings(context.kafka().client()));
        HaltSwitch halt = new HaltSwitch(
                context.topics().halt(),
                everything,
                keys,
                new HashSet<>(
                        List.of(folder.resolve(RemediateSettings.HALT_FILE), folder.resolve(settings.haltFile()))));
        LockWatch locks = new LockWatch(context.topics().controls(), everything, keys);
        PolicyWatch policy = new PolicyWatch(context.topics().controls(), everything, changes);
        TrustWatch trust = new TrustWatch(context.topics().trust(), consumers(whole()), context.inventory());
        Journal journal = new Journal(
                context.topics().journal(),
                new Journal.Readers(consumers(committed()), everything),
                LOOK_BACK,
                READ_BACK_WITHIN);
        Executor.Tools tools = new Executor.Tools(
                context.inventory(),
                new Checks(
                        context.kafka().clusterId(),
                        halt,
                        locks,
                        policy,
                        trust,
                        settings.guards(),
                        settings.quietAfterChange()),
                health,
                new Evidence(folder.resolve("evidence"), settings.evidenceWithin()),
                journal,
                new Reports(context.topics(), InstanceId.in(folder)),
                new DeclaredTargets(confined, folder, context.clock()),
                new Failpoints(settings.failpoint(), folder),
                settings.settle(),
                context.clock());
        return PausingWorker.builder(
                        context, "remediate-executor", context.topics().executions())
                .effectful()
                .hardTimeout(Planning.LONGEST_RUN.plus(RUN_MARGIN))
                .build(new Executor(tools));
    }

    public Stage verifier() {
        return PausingWorker.builder(
                        context, "remediate-verifier", context.topics().probeRequests())
                .discardable()
                .hardTimeout(LONGEST_ROUND)
                .build(new ProbeRounds(context.inventory(), health, context.topics(), context.clock()));
    }

    private Map<String, Object> committed() {
        Map<String, Object> properties = new HashMap<>(context.kafka().client());
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", false);
        return properties;
    }

    /** What was aborted was never trusted: a promotion in it must not hide what was lost before. */
    private Map<String, Object> whole() {
        Map<String, Object> properties = PresentEnd.settings(context.kafka().client());
        properties.put("isolation.level", "read_committed");
        return properties;
    }

    private static Supplier<Consumer<byte[], byte[]>> consumers(Map<String, Object> properties) {
        return () -> new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
