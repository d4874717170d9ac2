package io.nightshift.remediate.worker;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
import io.nightshift.events.Execution;
import io.nightshift.events.JournalEntry;
import io.nightshift.events.JournalPhase;
import io.nightshift.events.Plan;
import io.nightshift.remediate.RemediateSettings;
import io.nightshift.remediate.domain.PolicyChange;
import io.nightshift.remediate.policy.CedarPolicy;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.runtime.Stage;
import io.nightshift.runtime.StageContext;
import io.nightshift.schemas.signing.ControlSignature;
import io.nightshift.schemas.signing.SigningKey;
import io.nightshift.schemas.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** An executor on a real broker with a fenced or dumb shop to act on, and one person's key. */
final class ExecutorHouse implements AutoCloseable {

    final SigningKey alice = SigningKey.generate();
    final SigningKey bob = SigningKey.generate();
    final Night night;
    final FakeShop shop;
    private final CedarPolicy policy = PolicyText.cautious().load();
    private Stage executor;

    ExecutorHouse(Path folder, boolean fenced) throws IOException {
        night = new Night("h" + UUID.randomUUID().toString().substring(0, 8) + "-", folder);
        shop = new FakeShop(folder.resolve("shop"), fenced, Duration.ofSeconds(10));
    }

    Stage start() throws IOException {
        return start("");
    }

    /** @param more settings */
    Stage start(String more) throws IOException {
        StageContext context = night.context(shop.inventory(4), "settle: 3s\n" + more);
        executor = new Workers(context, RemediateSettings.from(context.config()))
                .executor(PolicyText.changes(policy, TrustedKeys.of(alice, bob)), TrustedKeys.of(alice, bob));
        executor.start();
        return executor;
    }

    Execution restart(UnaryOperator<Plan.Builder> change) {
        return Executions.allowed(
                shop.inventory(4), night.kafka.clusterId(), policy.version(), ActionKind.ROLLING_RESTART, change);
    }

    void send(Execution execution) {
        night.send(night.topics.executions(), 0, execution.getPlan().getTarget(), execution);
    }

    /** Says something about the target, in the name of the key's owner. */
    void say(ControlKind kind, String target, Duration validFor, SigningKey key) {
        ControlRecord record = ControlRecord.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setKind(kind)
                .setSubject(target)
                .setActor("alice")
                .setPerson(true)
                .setAt(Instant.now())
                .setExpiresAt(Instant.now().plus(validFor))
                .setReason("I work on it")
                .build();
        night.send(night.topics.controls(), 0, target, ControlSignature.sign(record, key));
    }

    /** Puts another policy in force, as alice proposes and bob approves it. */
    void changePolicy(String text) {
        ControlRecord proposal = ControlSignature.sign(
                policyChange("alice", PolicyChange.proposal(policy.version(), policy.version(), text))
                        .build(),
                alice);
        ControlRecord approval = ControlSignature.sign(
                policyChange("bob", PolicyChange.approval(policy.version(), policy.version(), proposal.getId()))
                        .setPlanHash(new PolicyText("", text).load().version())
                        .build(),
                bob);
        night.send(night.topics.controls(), 0, PolicyChange.SUBJECT, proposal);
        night.send(night.topics.controls(), 0, PolicyChange.SUBJECT, approval);
    }

    private static ControlRecord.Builder policyChange(String actor, Map<String, String> arguments) {
        return ControlRecord.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setKind(ControlKind.POLICY_CHANGE)
                .setSubject(PolicyChange.SUBJECT)
                .setActor(actor)
                .setPerson(true)
                .setAt(Instant.now())
                .setExpiresAt(Instant.now().plus(Duration.ofHours(1)))
                .setArguments(arguments);
    }

    ActionEvent awaitLast(ActionStatus status) {
        return night.awaitLast(status);
    }

    /** The intent of the first step, as an executor commits it. */
    static JournalEntry started(Execution execution, Instant deadline) {
        return JournalEntry.newBuilder()
                .setActionId(execution.getActionId())
                .setPlanHash(execution.getPlanHash())
                .setTarget(execution.getPlan().getTarget())
                .setInstance("inventory-1")
                .setStep(0)
                .setPhase(JournalPhase.STARTED)
                .setAction(execution.getPlan().getAction())
                .setStateToken("inventory-1=inventory-1@boot\n")
                .setAt(Instant.now())
                .setDeadline(deadline)
                .setIncidentId("inc-1")
                .build();
    }

    @Override
    public void close() {
        if (executor != null) {
            executor.close();
        }
        night.close();
    }
}
