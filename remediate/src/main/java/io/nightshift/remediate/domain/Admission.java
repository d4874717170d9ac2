package io.nightshift.remediate.domain;

import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionState;
import io.nightshift.events.ActionStatus;
import io.nightshift.events.Decision;
import io.nightshift.events.Execution;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.Plan;
import io.nightshift.events.Verdict;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.ServiceClasses;
import io.nightshift.schemas.trust.TrustKey;
import io.nightshift.schemas.trust.TrustReading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Turns proposals into verdicts: plans, judges, and lets through, asks or refuses. One writer for each environment, so
 * caps and locks are exact.
 *
 * @param planning how proposals become plans
 * @param judgement guards and policy, and how they are weighed
 * @param policies which policy is in force
 * @param settings limits of the guards
 * @param questions how questions to people end
 * @param shadow whether what would be done at a higher level is recorded
 */
public record Admission(
        Planning planning,
        Judgement judgement,
        Policies policies,
        GuardSettings settings,
        Questions questions,
        Shadow shadow) {

    /** Versions of an incident count from here; an answer to a question beside it has version 0. */
    private static final int FIRST_VERSION = 1;

    public void on(Investigation investigation, AdmissionMemory memory, Outbox out, Instant now) {
        if (investigation.getIncidentVersion() < FIRST_VERSION) {
            return; // The answer to a question, not to an incident: words, whatever it says.
        }
        if (investigation.getProposal() == null) {
            memory.forgetWaiting(investigation.getIncidentId());
            return;
        }
        Investigation slim = Slimming.slim(investigation);
        memory.keepWaiting(slim);
        consider(slim, memory, out, now);
    }

    public void on(Incident incident, AdmissionMemory memory, Outbox out, Instant now) {
        memory.keep(Slimming.slim(incident));
        if (Notes.episode(memory, incident.getId()).isEmpty()) {
            // Frozen at first sight: fingerprint and onset change while an incident grows, and an episode must not.
            Notes.episode(
                    memory,
                    incident.getId(),
                    incident.getFingerprint() + "@" + incident.getOnset().toEpochMilli());
        }
        memory.waiting(incident.getId()).ifPresent(waiting -> consider(waiting, memory, out, now));
    }

    /** Judges again what time, a person or another action may have cleared the way for. */
    public void again(AdmissionMemory memory, Outbox out, Instant now) {
        memory.allWaiting().forEach(waiting -> consider(waiting, memory, out, now));
    }

    private void consider(Investigation investigation, AdmissionMemory memory, Outbox out, Instant now) {
        String incidentId = investigation.getIncidentId();
        Optional<Incident> incident = memory.incident(incidentId);
        if (incident.isEmpty()) {
            if (investigation.getFinishedAt().plus(settings.freshness()).isBefore(now)) {
                memory.forgetWaiting(incidentId);
            }
            return; // The incident's record is still on its way from another topic.
        }
        String episode = Notes.episode(memory, incidentId).orElseThrow();
        String actionId = PlanHash.actionId(
                investigation.getProposal().getTarget(),
                investigation.getProposal().getAction(),
                episode);
        Optional<ActionState> before = memory.action(actionId);
        Optional<ActionState> asked = before.filter(Admission::isAsked);
        if (before.isPresent() && asked.isEmpty() && !mayBeProposedAgain(before.get())) {
            memory.forgetWaiting(incidentId);
            return;
        }
        Planning.Planned planned = planning.plan(investigation, episode);
        if (before.isPresent()
                && Questions.isDenied(before.get(), planned.plan(), investigation, incident.get(), now)) {
            memory.forgetWaiting(incidentId);
            return; // A person said no.
        }
        Optional<Situation> situation =
                planned.plan().map(plan -> situation(plan, investigation, incident.get(), actionId, memory, now));
        Decided judged = situation
                .map(judgement::decide)
                .orElseGet(() -> refusal(planned.objection().orElseThrow()));
        Optional<Decided> would = situation.flatMap(here -> shadow.of(here, judged, judgement));
        Decided decided = would.map(at4 -> judged.saying(Shadow.words(at4))).orElse(judged);
        if (!decided.isPassing()) {
            memory.forgetWaiting(incidentId);
        }
        if (asked.isPresent() && decided.decision() != Decision.ALLOW) {
            return; // The question to a person stands.
        }
        asked.ifPresent(question -> ActionEvents.move(
                question,
                ActionStatus.WITHDRAWN,
                now,
                "A later answer is sure enough to need no approval.",
                memory,
                out));
        if (before.isEmpty() || isNews(before.get(), decided)) {
            announce(
                    actionId,
                    investigation,
                    incident.get(),
                    planned.plan().orElse(null),
                    decided,
                    would.isPresent(),
                    memory,
                    out,
                    now);
        }
    }

    private void announce(
            String actionId,
            Investigation investigation,
            Incident incident,
            Plan plan,
            Decided decided,
            boolean shadowed,
            AdmissionMemory memory,
            Outbox out,
            Instant now) {
        ActionEvent proposed = ActionEvents.proposed(actionId, investigation, incident.getFingerprint(), plan, now);
        ActionState state = ActionState.newBuilder()
                .setEvent(proposed)
                .setInvestigation(investigation)
                .setOnset(incident.getOnset())
                .build();
        out.event(proposed);
        Verdict verdict = decided.verdict(policyVersion(memory), level(plan, memory, now), List.of(), now);
        switch (decided.decision()) {
            case ALLOW -> allow(state, verdict, memory, out, now);
            case ASK -> ask(state, verdict, memory, out, now);
            default -> {
                if (shadowed) {
                    shadow(state, verdict, memory, out, now);
                } else {
                    deny(state, verdict, memory, out, now);
                }
            }
        }
    }

    /** Lets a plan through: from here on it holds its slot in the caps, and its deadline runs. */
    void allow(ActionState state, Verdict verdict, AdmissionMemory memory, Outbox out, Instant now) {
        Plan plan = state.getEvent().getPlan();
        Instant deadline = now.plusSeconds(plan.getDeadlineSeconds());
        ActionEvent allowed = ActionEvent.newBuilder(ActionEvents.next(
                        state.getEvent(), ActionStatus.ALLOWED, now, sentence(state, "is allowed", verdict)))
                .setVerdict(verdict)
                .setDeadline(deadline)
                .build();
        ActionState admitted = ActionState.newBuilder(state)
                .setAdmittedAt(now)
                .setAskedUntil(null)
                .build();
        ActionEvents.move(admitted, allowed, memory, out);
        out.execute(Execution.newBuilder()
                .setActionId(allowed.getActionId())
                .setPlan(plan)
                .setPlanHash(allowed.getPlanHash())
                .setVerdict(verdict)
                .setAdmittedAt(now)
                .setDeadline(deadline)
                .setIncidentOnset(state.getOnset())
                .setFingerprint(allowed.getFingerprint())
                .setNeighbours(Neighbours.of(allowed, memory))
                .build());
    }

    private void ask(ActionState state, Verdict verdict, AdmissionMemory memory, Outbox out, Instant now) {
        Instant until = now.plus(questions.expire());
        ActionEvent asked = ActionEvent.newBuilder(ActionEvents.next(
                        state.getEvent(),
                        ActionStatus.AWAITING_APPROVAL,
                        now,
                        sentence(state, "waits for a person's approval", verdict)))
                .setVerdict(verdict)
                .setDeadline(until)
                .build();
        ActionEvents.move(ActionState.newBuilder(state).setAskedUntil(until).build(), asked, memory, out);
    }

    private void shadow(ActionState state, Verdict verdict, AdmissionMemory memory, Outbox out, Instant now) {
        ActionEvent shadowed = ActionEvent.newBuilder(ActionEvents.next(
                        state.getEvent(), ActionStatus.SHADOWED, now, sentence(state, "is only recorded", verdict)))
                .setVerdict(verdict)
                .setShadow(true)
                .build();
        ActionEvents.move(state, shadowed, memory, out);
    }

    void deny(ActionState state, Verdict verdict, AdmissionMemory memory, Outbox out, Instant now) {
        ActionEvent denied = ActionEvent.newBuilder(ActionEvents.next(
                        state.getEvent(), ActionStatus.DENIED, now, sentence(state, "is refused", verdict)))
                .setVerdict(verdict)
                .setDeadline(null)
                .build();
        ActionEvents.move(state, denied, memory, out);
    }

    Situation situation(
            Plan plan,
            Investigation investigation,
            Incident incident,
            String actionId,
            AdmissionMemory memory,
            Instant now) {
        InventoryService service =
                planning.inventory().service(plan.getTarget()).orElseThrow();
        return new Situation(
                plan,
                investigation,
                incident,
                service,
                planning.targetOf(plan),
                planning.inventory(),
                Math.min(Notes.level(memory, service, plan.getAction(), plan.getCauseClass()), plan.getLevel()),
                trust(plan, memory, now),
                policies.inForce(memory),
                Notes.halted(memory),
                Notes.lock(memory, plan.getTarget(), now).map(Lock::reason),
                memory.actions().stream()
                        .filter(other -> other.getEvent().getEnvironment().equals(plan.getEnvironment()))
                        .filter(other -> !other.getEvent().getActionId().equals(actionId))
                        .toList(),
                memory.incidents().stream()
                        .filter(other -> other.getEnvironment().equals(plan.getEnvironment()))
                        .toList(),
                settings,
                now);
    }

    private Optional<TrustReading> trust(Plan plan, AdmissionMemory memory, Instant now) {
        String serviceClass = new ServiceClasses(planning.inventory()).apply(plan.getService());
        return memory.trust(TrustKey.of(plan, serviceClass).toString()).map(trust -> TrustReading.of(trust, now));
    }

    String policyVersion(AdmissionMemory memory) {
        return policies.inForce(memory).version();
    }

    int level(Plan plan, AdmissionMemory memory, Instant now) {
        return plan == null
                ? 0
                : planning.inventory()
                        .service(plan.getTarget())
                        .map(service -> Math.min(
                                Notes.level(memory, service, plan.getAction(), plan.getCauseClass()), plan.getLevel()))
                        .map(level -> trust(plan, memory, now)
                                .map(reading -> reading.atMost(level))
                                .orElse(level))
                        .orElse(0);
    }

    private static boolean isAsked(ActionState state) {
        return state.getEvent().getStatus() == ActionStatus.AWAITING_APPROVAL;
    }

    /** Only an action that is over and never touched its target. */
    private static boolean mayBeProposedAgain(ActionState state) {
        return ActionLife.isLegal(state.getEvent().getStatus(), ActionStatus.PROPOSED) && state.getEffectAt() == null;
    }

    /** A refusal for the same reasons as the last one is not worth another event. */
    private static boolean isNews(ActionState before, Decided decided) {
        Verdict last = before.getEvent().getVerdict();
        boolean wasRefused = before.getEvent().getStatus() == ActionStatus.DENIED
                || before.getEvent().getStatus() == ActionStatus.SHADOWED;
        return decided.decision() != Decision.DENY
                || !wasRefused
                || last == null
                || !last.getRules().equals(decided.rules());
    }

    private static Decided refusal(Objection objection) {
        return Decided.deny(List.of(objection.guard()), List.of(objection.reason()));
    }

    private static String sentence(ActionState state, String what, Verdict verdict) {
        return ActionEvents.name(state.getEvent().getAction()) + " of "
                + Planning.quoted(state.getEvent().getTarget()) + " " + what + ": "
                + String.join("; ", verdict.getReasons()) + ".";
    }
}
