package io.nightshift.remediate.worker;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Decision;
import io.nightshift.events.Execution;
import io.nightshift.events.HaltMode;
import io.nightshift.events.HaltRecord;
import io.nightshift.events.JournalEntry;
import io.nightshift.events.JournalPhase;
import io.nightshift.events.Plan;
import io.nightshift.events.Verdict;
import io.nightshift.remediate.RemediateSettings;
import io.nightshift.remediate.domain.PlanHash;
import io.nightshift.remediate.policy.CedarPolicy;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The executor on a real broker, against targets that keep a ledger of their own: a fenced one and a dumb one. */
@Timeout(90)
class ExecutorTest {

    private final SigningKey alice = SigningKey.generate();
    private final CedarPolicy policy = PolicyText.cautious().load();
    private Night night;
    private Stage executor;

    @TempDir
    Path folder;

    @BeforeEach
    void topics() {
        night = new Night("t" + UUID.randomUUID().toString().substring(0, 8) + "-", folder);
    }

    @AfterEach
    void stop() {
        if (executor != null) {
            executor.close();
        }
        night.close();
    }

    private FakeShop shop(boolean fenced, Duration timeout) throws IOException {
        return new FakeShop(folder.resolve("shop"), fenced, timeout);
    }

    private void start(FakeShop shop) throws IOException {
        StageContext context = night.context(shop.inventory(4), "settle: 3s\n");
        TrustedKeys keys = TrustedKeys.of(alice);
        executor = new Workers(context, RemediateSettings.from(context.config()))
                .executor(PolicyText.changes(policy, keys), keys);
        executor.start();
    }

    private Execution execution(FakeShop shop, ActionKind kind, UnaryOperator<Plan.Builder> change) {
        return Executions.allowed(shop.inventory(4), night.kafka.clusterId(), policy.version(), kind, change);
    }

    private Execution restart(FakeShop shop) {
        return execution(shop, ActionKind.ROLLING_RESTART, plan -> plan);
    }

    private void send(Execution execution) {
        night.send(night.topics.executions(), 0, execution.getPlan().getTarget(), execution);
    }

    private ActionEvent awaitLast(ActionStatus status) {
        return night.awaitLast(status);
    }

    private List<JournalPhase> phases() {
        return night.read(night.topics.journal()).stream()
                .map(JournalEntry::getPhase)
                .toList();
    }

    /** As an executor that died between intent and outcome would leave it. */
    private void started(Execution execution, String stateToken, Instant deadline) {
        night.send(
                night.topics.journal(),
                0,
                execution.getPlan().getTarget(),
                JournalEntry.newBuilder()
                        .setActionId(execution.getActionId())
                        .setPlanHash(execution.getPlanHash())
                        .setTarget(execution.getPlan().getTarget())
                        .setInstance("inventory-1")
                        .setStep(0)
                        .setPhase(JournalPhase.STARTED)
                        .setAction(execution.getPlan().getAction())
                        .setStateToken("inventory-1=" + stateToken + "\n")
                        .setAt(Instant.now())
                        .setDeadline(deadline)
                        .setIncidentId("inc-1")
                        .build());
    }

    @Test
    void intentIsCommittedBeforeEachEffectAndItsOffsetFences() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        start(shop);
        send(restart(shop));
        ActionEvent done = awaitLast(SUCCEEDED);
        assertThat(phases())
                .containsExactly(
                        JournalPhase.STARTED, JournalPhase.SUCCEEDED, JournalPhase.STARTED, JournalPhase.SUCCEEDED);
        assertThat(done.getSteps()).hasSize(2);
        assertThat(done.getEvidenceKept()).hasSize(2);
        // The first STARTED is the journal's first record.
        assertThat(shop.ledger().get(0)).endsWith("/0 0");
        assertThat(night.statuses()).containsExactly(STARTED, SUCCEEDED);
    }

    @Test
    void theSameExecutionDeliveredTwiceIsExecutedOnceEvenOnADumbTarget() throws Exception {
        FakeShop shop = shop(false, Duration.ofSeconds(10));
        start(shop);
        send(restart(shop));
        awaitLast(SUCCEEDED);
        send(restart(shop));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> night.statuses().stream().filter(SUCCEEDED::equals).count() == 2);
        assertThat(shop.ledger()).hasSize(2);
    }

    @Test
    void aStepInDoubtWhoseStateChangedIsNotDoneAgain() throws Exception {
        FakeShop shop = shop(false, Duration.ofSeconds(10));
        Execution execution = restart(shop);
        started(execution, "inventory-1@boot", Instant.now().plusSeconds(2));
        shop.replaced("inventory-1");
        start(shop);
        send(execution);
        awaitLast(SUCCEEDED);
        assertThat(shop.ledger()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("restart inventory-2"));
        assertThat(night.statuses()).containsExactly(IN_DOUBT, SUCCEEDED);
    }

    @Test
    void aStepInDoubtWhoseStateDidNotChangeIsTriedOnceMoreUnderTheSameKey() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        Execution execution = restart(shop);
        Instant deadline = Instant.now().plusSeconds(2);
        started(execution, "inventory-1@boot", deadline);
        start(shop);
        send(execution);
        awaitLast(SUCCEEDED);
        assertThat(shop.ledger()).hasSize(2);
        assertThat(shop.ledger().get(0)).startsWith("restart inventory-1 " + execution.getActionId() + "/0 ");
        JournalEntry retry = night.read(night.topics.journal()).stream()
                .filter(entry -> entry.getPhase() == JournalPhase.STARTED)
                .skip(1)
                .findFirst()
                .orElseThrow();
        assertThat(retry.getAt()).as("the hard timeout is waited out").isAfter(deadline);
    }

    @Test
    void aStepInDoubtThatIsNotIdempotentIsNeverTriedAgain() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        Execution execution = execution(shop, ActionKind.ROLLING_RESTART, plan -> plan.setIdempotent(false));
        started(execution, "inventory-1@boot", Instant.now());
        start(shop);
        send(execution);
        awaitLast(FAILED);
        assertThat(shop.ledger()).isEmpty();
    }

    @Test
    void anEffectThatHangsIsEndedAndFoundOutByItsState() throws Exception {
        FakeShop shop = shop(false, Duration.ofSeconds(2));
        shop.set("slow");
        start(shop);
        send(execution(shop, ActionKind.RESTART, plan -> plan.setInstances(List.of("inventory-1"))));
        awaitLast(SUCCEEDED);
        assertThat(shop.ledger()).hasSize(1);
        assertThat(night.statuses()).containsExactly(STARTED, IN_DOUBT, SUCCEEDED);
    }

    @Test
    void aCanaryThatDoesNotGetWellStopsTheRun() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        shop.set("sick");
        start(shop);
        send(restart(shop));
        assertThat(awaitLast(FAILED).getSentence()).contains("inventory-1 is not well");
        assertThat(shop.ledger()).hasSize(1);
    }

    @Test
    void anEffectThatFailsStopsTheRun() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        shop.set("fail");
        start(shop);
        send(restart(shop));
        assertThat(awaitLast(FAILED).getSentence()).contains("broken");
        assertThat(phases()).containsExactly(JournalPhase.STARTED, JournalPhase.FAILED);
    }

    @Test
    void aHaltWithAnOpenTransactionElsewhereIsObeyedBeforeTheNextEffect() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        try (KafkaProducer<byte[], byte[]> open = night.transactional("open-" + UUID.randomUUID())) {
            open.initTransactions();
            open.beginTransaction();
            // A stranger's transaction on the halt topic itself: committed readers would see nothing behind it.
            open.send(new ProducerRecord<>(night.topics.halt().name(), new byte[0], halt(HaltMode.RESUME)))
                    .get();
            night.send(night.topics.halt(), 0, "halt", record(HaltMode.HALT));
            start(shop);
            send(restart(shop));
            assertThat(awaitLast(FAILED).getSentence()).contains("halted");
            assertThat(shop.ledger()).isEmpty();
            open.abortTransaction();
        }
    }

    @Test
    void aHaltBetweenTwoStepsStopsTheSecond() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        shop.set("sick");
        start(shop);
        send(restart(shop));
        await().atMost(Duration.ofSeconds(30)).until(() -> shop.ledger().size() == 1);
        night.send(night.topics.halt(), 0, "halt", record(HaltMode.HALT));
        shop.heap("inventory-1", "0.2");
        awaitLast(FAILED);
        assertThat(shop.ledger()).hasSize(1);
    }

    @Test
    void onlyASignedResumeLiftsAHalt() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        night.send(night.topics.halt(), 0, "halt", record(HaltMode.HALT));
        night.send(night.topics.halt(), 0, "halt", record(HaltMode.RESUME));
        start(shop);
        send(restart(shop));
        awaitLast(FAILED);
        night.send(night.topics.halt(), 0, "halt", ControlSignature.sign(record(HaltMode.RESUME), alice));
        send(execution(shop, ActionKind.RESTART, plan -> plan));
        awaitLast(SUCCEEDED);
        assertThat(shop.ledger()).hasSize(2);
    }

    @Test
    void theHaltFileStopsEverything() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        Files.createDirectories(folder.resolve("stage"));
        Files.createFile(folder.resolve("stage/HALT"));
        start(shop);
        send(restart(shop));
        assertThat(awaitLast(FAILED).getSentence()).contains("halt file");
        assertThat(shop.ledger()).isEmpty();
    }

    @Test
    void aForeignClustersPlanIsRefused() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        start(shop);
        send(execution(shop, ActionKind.RESTART, plan -> plan.setClusterId("another")));
        assertThat(awaitLast(FAILED).getSentence()).contains("another cluster");
        assertThat(shop.ledger()).isEmpty();
    }

    @Test
    void stepsThatTouchWhatThePlanDoesNotNameAreRefused() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        start(shop);
        Execution execution = restart(shop);
        Plan wider = Plan.newBuilder(execution.getPlan())
                .setInstances(List.of("inventory-2"))
                .build();
        send(Execution.newBuilder(execution)
                .setPlan(wider)
                .setPlanHash(PlanHash.of(wider))
                .build());
        assertThat(awaitLast(FAILED).getSentence()).contains("touch what the plan does not name");
        assertThat(shop.ledger()).isEmpty();
    }

    @Test
    void aPlanThatIsNotTheAllowedOneIsRefused() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        start(shop);
        Execution execution = restart(shop);
        send(Execution.newBuilder(execution)
                .setPlan(Plan.newBuilder(execution.getPlan())
                        .setInstances(List.of("inventory-2"))
                        .build())
                .build());
        assertThat(awaitLast(FAILED).getSentence()).contains("not the one that was allowed");
        assertThat(shop.ledger()).isEmpty();
    }

    @Test
    void anExecutionOfTheFutureIsRefused() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        start(shop);
        send(Execution.newBuilder(restart(shop))
                .setAdmittedAt(Instant.now().plusSeconds(3600))
                .build());
        assertThat(awaitLast(FAILED).getSentence()).contains("admitted in the future");
        assertThat(shop.ledger()).isEmpty();
    }

    @Test
    void whatNothingAllowedIsRefused() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        start(shop);
        Execution execution = restart(shop);
        send(Execution.newBuilder(execution)
                .setVerdict(Verdict.newBuilder(execution.getVerdict())
                        .setDecision(Decision.ASK)
                        .build())
                .build());
        assertThat(awaitLast(FAILED).getSentence()).contains("nothing allowed it");
        assertThat(shop.ledger()).isEmpty();
    }

    @Test
    void withoutTheTargetsOwnWordForTheCauseNothingIsDone() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        shop.heap("inventory-1", "0.3");
        shop.heap("inventory-2", "0.3");
        start(shop);
        send(restart(shop));
        assertThat(awaitLast(FAILED).getSentence()).contains("no probe of the target speaks for the cause");
        assertThat(shop.ledger()).isEmpty();
    }

    @Test
    void aHealthyInstanceIsNotTakenFromTheLastOnes() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        shop.heap("inventory-1", "0.3");
        start(shop);
        Execution execution =
                execution(shop, ActionKind.ROLLING_RESTART, plan -> plan.setInstances(List.of("inventory-1")));
        send(Execution.newBuilder(execution)
                .setVerdict(Verdict.newBuilder(execution.getVerdict())
                        .setApprovals(List.of("alice"))
                        .build())
                .build());
        assertThat(awaitLast(FAILED).getSentence()).contains("healthy instances would be left");
        assertThat(shop.ledger()).isEmpty();
    }

    @Test
    void theSickInstanceIsRestartedFirst() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        shop.heap("inventory-1", "0.3");
        start(shop);
        send(restart(shop));
        awaitLast(SUCCEEDED);
        assertThat(shop.ledger().get(0)).startsWith("restart inventory-2 ").contains("/1 ");
        assertThat(shop.ledger().get(1)).startsWith("restart inventory-1 ").contains("/0 ");
    }

    @Test
    void aStaleExecutionIsRefused() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        start(shop);
        send(Execution.newBuilder(restart(shop))
                .setDeadline(Instant.now().plusSeconds(5))
                .build());
        assertThat(awaitLast(FAILED).getSentence()).contains("deadline");
        send(Execution.newBuilder(execution(shop, ActionKind.RESTART, plan -> plan))
                .setAdmittedAt(Instant.now().minusSeconds(3600))
                .build());
        assertThat(awaitLast(FAILED).getSentence()).contains("it was admitted more than");
        assertThat(shop.ledger()).isEmpty();
    }

    @Test
    void aPolicyThatChangedSinceTheVerdictVoidsIt() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        start(shop);
        Execution execution = restart(shop);
        send(Execution.newBuilder(execution)
                .setVerdict(Verdict.newBuilder(execution.getVerdict())
                        .setPolicyVersion("of yesterday")
                        .build())
                .build());
        assertThat(awaitLast(FAILED).getSentence()).contains("policy has changed");
        assertThat(shop.ledger()).isEmpty();
    }

    @Test
    void aRollbackIsOneStepOfTheWholeService() throws Exception {
        FakeShop shop = shop(true, Duration.ofSeconds(10));
        start(shop);
        send(execution(shop, ActionKind.ROLL_BACK_RELEASE, plan -> plan));
        awaitLast(SUCCEEDED);
        assertThat(shop.ledger()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("rollback inventory "));
    }

    private static HaltRecord record(HaltMode mode) {
        return HaltRecord.newBuilder()
                .setMode(mode)
                .setActor("alice")
                .setAt(Instant.now())
                .setReason("a person says stop")
                .build();
    }

    private byte[] halt(HaltMode mode) {
        return night.topics
                .halt()
                .value()
                .serializer()
                .serialize(night.topics.halt().name(), record(mode));
    }
}
