package io.nightshift.remediate.worker;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Decision;
import io.nightshift.events.Execution;
import io.nightshift.events.Plan;
import io.nightshift.events.Verdict;
import io.nightshift.remediate.Stories;
import io.nightshift.remediate.domain.PlanHash;
import io.nightshift.remediate.domain.Planning;
import io.nightshift.runtime.inventory.Inventory;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Executions as admission would send them. */
final class Executions {

    private Executions() {}

    static Execution allowed(
            Inventory inventory,
            String clusterId,
            String policyVersion,
            ActionKind kind,
            UnaryOperator<Plan.Builder> change) {
        Plan planned = new Planning(inventory, clusterId, 10, Duration.ofSeconds(3), Duration.ofSeconds(60))
                .plan(
                        Stories.investigation("inv-1", "inc-1")
                                .setProposal(Stories.proposal().setAction(kind).build())
                                .build(),
                        "episode-1")
                .plan()
                .orElseThrow();
        Plan plan = stepsOf(change.apply(Plan.newBuilder(planned)).build());
        Instant now = Instant.now();
        return Execution.newBuilder()
                .setActionId(PlanHash.actionId(plan.getTarget(), kind, "episode-1"))
                .setPlan(plan)
                .setPlanHash(PlanHash.of(plan))
                .setVerdict(Verdict.newBuilder()
                        .setDecision(Decision.ALLOW)
                        .setPolicyVersion(policyVersion)
                        .setLevel(4)
                        .setAt(now)
                        .build())
                .setAdmittedAt(now)
                .setDeadline(now.plusSeconds(plan.getDeadlineSeconds()))
                .setIncidentOnset(now.minusSeconds(30))
                .setFingerprint("leak-print")
                .build();
    }

    /** What a change of the instances leaves of the steps. */
    private static Plan stepsOf(Plan plan) {
        return Plan.newBuilder(plan)
                .setSteps(plan.getSteps().stream()
                        .filter(step -> plan.getInstances().containsAll(step.getInstances()))
                        .toList())
                .build();
    }
}
