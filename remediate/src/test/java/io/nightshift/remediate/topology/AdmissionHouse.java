package io.nightshift.remediate.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Execution;
import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.ProbeReport;
import io.nightshift.events.ProbeRequest;
import io.nightshift.events.ProbeResult;
import io.nightshift.events.Trust;
import io.nightshift.remediate.Stories;
import io.nightshift.remediate.domain.ActionEvents;
import io.nightshift.remediate.domain.Admission;
import io.nightshift.remediate.domain.Controls;
import io.nightshift.remediate.domain.EmergencyRule;
import io.nightshift.remediate.domain.GuardSettings;
import io.nightshift.remediate.domain.Judgement;
import io.nightshift.remediate.domain.Planning;
import io.nightshift.remediate.domain.Policies;
import io.nightshift.remediate.domain.Progress;
import io.nightshift.remediate.domain.Questions;
import io.nightshift.remediate.domain.Shadow;
import io.nightshift.remediate.domain.ShadowWatch;
import io.nightshift.remediate.domain.Verification;
import io.nightshift.remediate.domain.guard.Guards;
import io.nightshift.remediate.policy.CedarPolicy;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.remediate.policy.Profile;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.stream.DeadLetterHandler;
import io.nightshift.schemas.AvroSerdes;
import io.nightshift.schemas.ServiceKey;
import io.nightshift.schemas.Topic;
import io.nightshift.schemas.TopicSettings;
import io.nightshift.schemas.Topics;
import io.nightshift.schemas.registry.InMemoryRegistry;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import io.nightshift.schemas.signing.TrustedKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** Admission in a test driver, with two people's keys. */
final class AdmissionHouse implements AutoCloseable {

    static final Duration EXPIRE = Duration.ofMinutes(10);
    static final Duration DENIAL_HOLDS = Duration.ofMinutes(20);
    static final Duration REVIEW_WITHIN = Duration.ofMinutes(30);
    static final Duration SHADOW_WITHIN = Duration.ofHours(1);
    static final Duration SOAK = Duration.ofSeconds(10);
    static final Duration VERIFY_WITHIN = Duration.ofSeconds(60);
    static final Duration HOLD = Duration.ofMinutes(5);
    private static final int LET_PASS = 2;

    final SigningKey alice = SigningKey.generate();
    final SigningKey bob = SigningKey.generate();
    final Topics topics = new Topics(TopicSettings.embedded(), new AvroSerdes(new InMemoryRegistry()));
    final List<ActionEvent> seen = new ArrayList<>();
    final MeterRegistry meters = new SimpleMeterRegistry();
    private final Supplier<Topology> topology;
    private TopologyTestDriver driver;
    private TestOutputTopic<String, ActionEvent> actions;
    private TestOutputTopic<String, Execution> executions;
    private TestOutputTopic<String, ProbeRequest> probes;
    private Instant now = Stories.NOW;

    AdmissionHouse(Inventory inventory) {
        this(inventory, GuardSettings.defaults());
    }

    AdmissionHouse(Inventory inventory, GuardSettings guards) {
        this(inventory, guards, TrustedKeys::of);
    }

    /** A house of this profile, which also records what would be done if the profile does. */
    AdmissionHouse(Inventory inventory, Profile profile) {
        TrustedKeys keys = TrustedKeys.of(alice, bob);
        topology = () -> topology(inventory, GuardSettings.defaults(), profile, profile.shadow(), keys, topics);
        open();
    }

    /** @param trusted what alice's and bob's keys are to this house */
    AdmissionHouse(Inventory inventory, GuardSettings guards, Function<SigningKey[], TrustedKeys> trusted) {
        TrustedKeys keys = trusted.apply(new SigningKey[] {alice, bob});
        topology = () -> topology(inventory, guards, keys, topics);
        open();
    }

    private void open() {
        Properties properties = properties();
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        properties.put(DeadLetterHandler.STAGE, "admission");
        properties.put(DeadLetterHandler.TOPIC, topics.deadLetters().name());
        properties.put(DeadLetterHandler.METERS, meters);
        driver = new TopologyTestDriver(topology.get(), properties, now.minusSeconds(LET_PASS));
        for (int look = 0; look < LET_PASS; look++) { // after a start, looks at the clock do nothing at first
            driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
        actions = output(topics.actions());
        executions = output(topics.executions());
        probes = output(topics.probeRequests());
    }

    static Topology topology(Inventory inventory, GuardSettings guards, TrustedKeys keys, Topics topics) {
        return topology(inventory, guards, Profile.CAUTIOUS, false, keys, topics);
    }

    private static Topology topology(
            Inventory inventory,
            GuardSettings guards,
            Profile profile,
            boolean shadow,
            TrustedKeys keys,
            Topics topics) {
        Planning planning =
                new Planning(inventory, Stories.CLUSTER, guards.maxInstances(), Duration.ofSeconds(30), VERIFY_WITHIN);
        CedarPolicy policy = profile.policy().load();
        Policies policies = new Policies(policy, PolicyText.changes(policy, keys));
        Admission admission = new Admission(
                planning,
                new Judgement(Guards.all()),
                policies,
                guards,
                new Questions(EXPIRE, DENIAL_HOLDS),
                new Shadow(shadow));
        Verification verification = new Verification(Duration.ofSeconds(2), SOAK, VERIFY_WITHIN, HOLD);
        Desk desk = new Desk(
                admission,
                new Controls(admission, keys, new EmergencyRule(profile.emergencies(), REVIEW_WITHIN)),
                new Progress(Duration.ofDays(2)),
                verification,
                new ShadowWatch(SHADOW_WITHIN));
        return AdmissionTopology.build(desk, topics, properties());
    }

    static Properties properties() {
        Properties properties = new Properties();
        properties.put("application.id", "admission-test");
        properties.put("bootstrap.servers", "none:1");
        properties.put("ensure.explicit.internal.resource.naming", true);
        properties.put(
                "state.dir",
                Path.of("target", "streams", UUID.randomUUID().toString()).toString());
        return properties;
    }

    Instant now() {
        return now;
    }

    void send(Incident incident) {
        put(topics.incidents(), incident.getId(), incident);
    }

    void send(Investigation investigation) {
        put(topics.investigations(), investigation.getIncidentId(), investigation);
    }

    void send(ChangeEvent change) {
        put(topics.changes(), ServiceKey.of(change.getService()).toString(), change);
    }

    void send(ActionEvent event) {
        put(topics.actions(), event.getIncidentId(), event);
    }

    void send(ProbeReport report) {
        put(topics.probeReports(), report.getEnvironment(), report);
    }

    void send(ControlRecord control) {
        put(topics.controls(), control.getSubject(), control);
    }

    /** What learn writes to its topic; null takes it back. */
    void trust(String key, Trust trust) {
        put(topics.trust(), key, trust);
    }

    /** What nobody can decode, under this key of the trust topic. */
    void unreadableTrust(String key, byte[] value) {
        driver.createInputTopic(topics.trust().name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value, now);
    }

    void halt(HaltMode mode, SigningKey key) {
        HaltRecord record = haltRecord(mode);
        send(key == null ? record : ControlSignature.sign(record, key));
    }

    HaltRecord haltRecord(HaltMode mode) {
        return HaltRecord.newBuilder()
                .setMode(mode)
                .setActor("alice")
                .setAt(now)
                .setReason("testing")
                .build();
    }

    void send(HaltRecord record) {
        put(topics.halt(), "halt", record);
    }

    ControlRecord control(ControlKind kind, String subject, String planHash, String actor, SigningKey key) {
        return ControlSignature.sign(draft(kind, subject, planHash, actor).build(), key);
    }

    ControlRecord.Builder draft(ControlKind kind, String subject, String planHash, String actor) {
        return ControlRecord.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setKind(kind)
                .setSubject(subject)
                .setPlanHash(planHash)
                .setActor(actor)
                .setPerson(true)
                .setAt(now)
                .setExpiresAt(now.plusSeconds(300));
    }

    /** What the executor would report. */
    void executor(ActionEvent allowed, ActionStatus status) {
        send(ActionEvents.next(allowed, status, now, "reported"));
    }

    void probes(ActionEvent allowed, boolean passed, ProbeResult... neighbours) {
        send(ProbeReport.newBuilder()
                .setActionId(allowed.getActionId())
                .setIncidentId(allowed.getIncidentId())
                .setEnvironment(allowed.getEnvironment())
                .setService(allowed.getService())
                .setAt(now)
                .setPassed(passed)
                .setNeighbours(List.of(neighbours))
                .build());
    }

    void advance(Duration time) {
        for (long s = 0; s < time.toSeconds(); s++) {
            driver.advanceWallClockTime(Duration.ofSeconds(1));
            now = now.plusSeconds(1);
        }
    }

    /** Lets so much time pass at once; what is due of it is due in the second that follows. */
    void skip(Duration time) {
        driver.advanceWallClockTime(time);
        now = now.plus(time);
        advance(Duration.ofSeconds(1));
    }

    /** Statuses that admission wrote since the last call. */
    List<ActionStatus> statuses() {
        List<ActionEvent> events = actions.readValuesToList();
        seen.addAll(events);
        return events.stream().map(ActionEvent::getStatus).toList();
    }

    ActionEvent last() {
        return seen.get(seen.size() - 1);
    }

    List<Execution> executions() {
        return executions.readValuesToList();
    }

    List<ProbeRequest> probeRequests() {
        return probes.readValuesToList();
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return output(topics.deadLetters()).readRecordsToList();
    }

    @Override
    public void close() {
        driver.close();
    }

    private <T extends SpecificRecord> void put(Topic<String, T> topic, String key, T value) {
        driver.createInputTopic(
                        topic.name(), topic.key().serializer(), topic.value().serializer())
                .pipeInput(key, value, now);
    }

    private <K, T> TestOutputTopic<K, T> output(Topic<K, T> topic) {
        return driver.createOutputTopic(
                topic.name(), topic.key().deserializer(), topic.value().deserializer());
    }
}
