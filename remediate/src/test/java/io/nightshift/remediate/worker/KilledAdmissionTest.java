package io.nightshift.remediate.worker;

import static io.nightshift.events.ActionStatus.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Execution;
import io.nightshift.events.Proposal;
import io.nightshift.remediate.Stories;
import io.nightshift.remediate.domain.ActionEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Admission is killed as {@code kill -9} would between the parts of an undo, its state stores are lost, and it is started again.
 * The test plays the executor; no probe answers, so that the repair is not seen to help.
 */
@Timeout(600)
class KilledAdmissionTest {

    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    private Night night;
    private String prefix;
    private Process admission;

    private void begin(String name, Duration timeout) throws IOException {
        prefix = name + "-";
        night = new Night(prefix, folder);
        admission = AdmissionProcess.start(night, prefix, folder, timeout);
    }

    private void anotherLife(Duration timeout) throws Exception {
        AdmissionProcess.killAndForget(admission, folder);
        admission = AdmissionProcess.start(night, prefix, folder, timeout);
    }

    @AfterEach
    void end() throws InterruptedException {
        admission.destroyForcibly().waitFor();
        night.close();
    }

    private void propose(String id, Proposal proposal) {
        Instant now = Instant.now();
        night.send(
                night.topics.incidents(),
                null,
                "inc-" + id,
                Stories.incident("inc-" + id)
                        .setFingerprint("print-" + id)
                        .setOnset(now.minusSeconds(20))
                        .setUpdatedAt(now)
                        .build());
        night.send(
                night.topics.investigations(),
                null,
                "inc-" + id,
                Stories.investigation("inv-" + id, "inc-" + id)
                        .setFinishedAt(now)
                        .setProposal(proposal)
                        .build());
    }

    /** What the executor would report. */
    private void executor(ActionEvent of, ActionStatus status) {
        night.send(
                night.topics.actions(),
                null,
                of.getIncidentId(),
                ActionEvents.next(of, status, Instant.now(), "reported"));
    }

    /** A repair that is let through, and that the executor does at once. */
    private void doneAtOnce(String id) {
        propose(id, Stories.rollback().build());
        ActionEvent allowed = awaitFirst("inc-" + id, ALLOWED);
        executor(allowed, STARTED);
        executor(allowed, SUCCEEDED);
    }

    private List<ActionEvent> events(String incident) {
        return night.read(night.topics.actions()).stream()
                .filter(event -> event.getIncidentId().equals(incident))
                .toList();
    }

    private List<ActionStatus> statuses(String incident) {
        return events(incident).stream().map(ActionEvent::getStatus).toList();
    }

    private ActionEvent awaitFirst(String incident, ActionStatus status) {
        await(status.name()).atMost(LIMIT).until(() -> statuses(incident).contains(status));
        return events(incident).stream()
                .filter(event -> event.getStatus() == status)
                .findFirst()
                .orElseThrow();
    }

    private long compensations() {
        return night.read(night.topics.executions()).stream()
                .filter(Execution::getCompensation)
                .count();
    }

    /** A verdict on the same target by another incident, and the rules that it rests on. */
    private List<String> awaitRulesOfTheNext(String id, ActionStatus status) {
        propose(id, Stories.proposal().build());
        return awaitFirst("inc-" + id, status).getVerdict().getRules();
    }

    @Test
    void anUndoThatGoesOnMeanwhileIsNeitherBegunAgainNorForgotten() throws Exception {
        Duration timeout = Duration.ofSeconds(60);
        begin("goes-on", timeout);
        doneAtOnce("1");
        anotherLife(timeout);
        ActionEvent undoing = awaitFirst("inc-1", UNDOING);

        AdmissionProcess.killAndForget(admission, folder);
        executor(undoing, UNDOING);
        admission = AdmissionProcess.start(night, prefix, folder, timeout);
        assertThat(awaitRulesOfTheNext("2", DENIED)).as("it is still under way").contains("target-in-flight");

        AdmissionProcess.killAndForget(admission, folder);
        executor(undoing, ROLLED_BACK);
        admission = AdmissionProcess.start(night, prefix, folder, timeout);
        assertThat(awaitRulesOfTheNext("3", AWAITING_APPROVAL))
                .as("it is over, and a person decides about the next")
                .contains("escalated-target");

        assertThat(compensations()).isEqualTo(1);
        assertThat(statuses("inc-1"))
                .containsExactly(PROPOSED, ALLOWED, STARTED, SUCCEEDED, NOT_RECOVERED, UNDOING, UNDOING, ROLLED_BACK);
    }

    @Test
    void killedInAnUndoThatNeverEndsItIsBegunOnceAndItsTargetStaysLocked() throws Exception {
        Duration timeout = Duration.ofSeconds(10); // for its run and its undo, which makes a deadline of 25 s
        begin("never-ends", timeout);
        doneAtOnce("1");
        awaitFirst("inc-1", UNDOING);
        anotherLife(timeout);
        ActionEvent escalated = awaitFirst("inc-1", ESCALATED);
        assertThat(escalated.getSentence())
                .contains("its deadline passed while it was undoing", "locked until a person lifts it");
        anotherLife(timeout);
        assertThat(awaitRulesOfTheNext("2", DENIED)).contains("hands-off");

        assertThat(compensations()).isEqualTo(1);
        assertThat(statuses("inc-1"))
                .containsExactly(PROPOSED, ALLOWED, STARTED, SUCCEEDED, NOT_RECOVERED, UNDOING, ESCALATED);
    }
}
