package io.nightshift.remediate.domain;

import io.nightshift.events.ActionKind;
import io.nightshift.events.Plan;
import io.nightshift.events.PlanStep;
import io.nightshift.schemas.CauseHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The identity of a plan and of its action. The plan's hash binds verdict, approval, execution and effect. */
public final class PlanHash {

    private PlanHash() {}

    /** SHA-256, hex, over every field of the plan; lists and maps with their sizes, so that no two plans share one. */
    public static String of(Plan plan) {
        List<Object> parts = new ArrayList<>(List.of(
                "nightshift-plan-2",
                plan.getEnvironment(),
                plan.getClusterId(),
                plan.getIncidentId(),
                plan.getInvestigationId(),
                plan.getService(),
                plan.getAction(),
                plan.getTarget(),
                plan.getInstances().size()));
        parts.addAll(plan.getInstances());
        add(parts, plan.getArguments());
        parts.addAll(List.of(
                plan.getCauseClass(),
                plan.getReversibility(),
                plan.getIdempotent(),
                plan.getEpisode(),
                plan.getTimeoutSeconds(),
                plan.getDeadlineSeconds(),
                plan.getPlaybook(),
                plan.getSteps().size()));
        plan.getSteps().forEach(step -> add(parts, step));
        return CauseHash.sha256(parts.toArray());
    }

    private static void add(List<Object> parts, PlanStep step) {
        parts.addAll(List.of(
                step.getName(),
                step.getAction(),
                step.getSubject(),
                step.getInstances().size()));
        parts.addAll(step.getInstances());
        add(parts, step.getArguments());
        parts.addAll(List.of(step.getBatch(), step.getPauseSeconds(), step.getTimeoutSeconds(), step.getUndo()));
        add(parts, step.getUndoArguments());
    }

    private static void add(List<Object> parts, Map<String, String> arguments) {
        parts.add(arguments.size());
        new TreeMap<>(arguments).forEach((name, value) -> {
            parts.add(name);
            parts.add(value);
        });
    }

    /** What deduplicates: the same action on the same target in the same episode is one action, whoever proposes it. */
    public static String actionId(String target, ActionKind kind, String episode) {
        return CauseHash.id("act", target, kind, episode);
    }
}
