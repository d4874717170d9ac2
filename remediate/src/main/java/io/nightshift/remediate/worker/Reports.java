package io.nightshift.remediate.worker;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Execution;
import io.nightshift.events.JournalEntry;
import io.nightshift.events.JournalPhase;
import io.nightshift.events.Plan;
import io.nightshift.events.ProbeResult;
import io.nightshift.events.StepResult;
import io.nightshift.runtime.worker.Outgoing;
import io.nightshift.schemas.CauseHash;
import io.nightshift.schemas.Topics;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes what the executor has to say: events for everyone, journal entries for itself. */
record Reports(Topics topics, String executor) {

    ProducerRecord<byte[], byte[]> event(
            Execution execution,
            ActionStatus status,
            Instant now,
            List<StepResult> steps,
            List<ProbeResult> probes,
            List<String> evidence,
            String sentence) {
        Plan plan = execution.getPlan();
        ActionEvent event = ActionEvent.newBuilder()
                .setId(CauseHash.id("evt", execution.getActionId(), status, execution.getPlanHash()))
                .setActionId(execution.getActionId())
                .setStatus(status)
                .setAt(now)
                .setIncidentId(plan.getIncidentId())
                .setInvestigationId(plan.getInvestigationId())
                .setEnvironment(plan.getEnvironment())
                .setService(plan.getService())
                .setAction(plan.getAction())
                .setTarget(plan.getTarget())
                .setPlan(plan)
                .setPlanHash(execution.getPlanHash())
                .setVerdict(execution.getVerdict())
                .setFingerprint(execution.getFingerprint())
                .setCauseClass(plan.getCauseClass())
                .setSteps(steps)
                .setProbes(probes)
                .setEvidenceKept(evidence)
                .setDeadline(execution.getDeadline())
                .setSentence(sentence)
                .build();
        return Outgoing.to(topics.actions(), plan.getIncidentId(), event);
    }

    JournalEntry entry(
            Execution execution,
            Step step,
            JournalPhase phase,
            String token,
            Instant now,
            Instant deadline,
            String message) {
        return JournalEntry.newBuilder()
                .setActionId(execution.getActionId())
                .setPlanHash(execution.getPlanHash())
                .setTarget(execution.getPlan().getTarget())
                .setInstance(step.subject())
                .setStep(step.number())
                .setPhase(phase)
                .setAction(step.action())
                .setUndo(step.isUndo())
                .setStateToken(token)
                .setAt(now)
                .setDeadline(deadline)
                .setExecutor(executor)
                .setMessage(message)
                .setIncidentId(execution.getPlan().getIncidentId())
                .build();
    }

    ProducerRecord<byte[], byte[]> record(JournalEntry entry, int partition) {
        return Outgoing.to(topics.journal(), partition, entry.getTarget(), entry);
    }
}
