package io.nightshift.deploy.cli;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Plan;
import io.nightshift.events.PlanStep;
import io.nightshift.remediate.domain.Objection;
import io.nightshift.remediate.domain.PlanHash;
import io.nightshift.remediate.domain.playbook.Playbook;
import io.nightshift.remediate.playbook.DryRun;
import io.nightshift.runtime.inventory.InventoryService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A dry run in words, and as fields. */
record DryRunText(Playbook playbook, InventoryService service, CauseClass cause, DryRun run) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(playbook.name() + " version " + Words.plain(playbook.version()) + " on " + service.id() + " against "
                + cause);
        run.plan().ifPresent(plan -> {
            lines.add("nothing is changed by this; the plan of an incident has a hash of its own");
            forward(plan, lines);
            backward(plan, lines);
            lines.add("reversibility " + plan.getReversibility() + ", level "
                    + Math.min(service.level(), plan.getLevel()) + ", ends within " + plan.getDeadlineSeconds()
                    + " s");
            lines.add("playbook " + plan.getPlaybook());
            lines.add("plan hash " + PlanHash.of(plan) + " (incident, cluster and episode '" + DryRun.IMAGINED + "')");
        });
        run.people().forEach(why -> lines.add("asks: " + why));
        run.refusals()
                .forEach(refusal -> lines.add("refused (" + refusal.guard() + "): " + Words.plain(refusal.reason())));
        return lines;
    }

    private static void forward(Plan plan, List<String> lines) {
        int batch = -1;
        int pause = 0;
        for (PlanStep step : plan.getSteps()) {
            if (step.getBatch() != batch) {
                pause(pause, lines);
                pause = 0;
                batch = step.getBatch();
                lines.add("batch " + batch + (batch == 0 ? ", the canary" : "") + ": until all of it is well again");
            }
            lines.add("  " + step.getName() + ": " + effect(step.getAction(), step.getArguments()) + " on "
                    + step.getSubject() + ", at most " + step.getTimeoutSeconds() + " s");
            if (!step.getPrechecks().isEmpty()) {
                lines.add("    before: " + String.join(", ", step.getPrechecks()));
            }
            lines.add("    after: " + String.join(", ", step.getVerify()));
            pause = Math.max(pause, step.getPauseSeconds());
        }
    }

    private static void pause(int seconds, List<String> lines) {
        if (seconds > 0) {
            lines.add("  then " + seconds + " s of watching; a worsening stops it and takes it back");
        }
    }

    private static void backward(Plan plan, List<String> lines) {
        List<PlanStep> undone = plan.getSteps().stream()
                .filter(step -> step.getUndo() != ActionKind.UNKNOWN)
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(undone);
        lines.add(undone.isEmpty() ? "undo: none; it stops where it is" : "undo, of what was done, the last first:");
        undone.forEach(step -> lines.add("  " + step.getName() + ": " + effect(step.getUndo(), step.getUndoArguments())
                + " on " + step.getSubject()));
    }

    private static String effect(ActionKind kind, Map<String, String> arguments) {
        return arguments.isEmpty() ? kind.name() : kind + " " + new TreeMap<>(arguments);
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("playbook", playbook.id());
        fields.put("service", service.id());
        fields.put("cause", cause.name());
        fields.put("refused", run.refusals().stream().map(DryRunText::fields).toList());
        fields.put("asks", run.people());
        run.plan().ifPresent(plan -> {
            fields.put("planHash", PlanHash.of(plan));
            fields.put("reversibility", plan.getReversibility().name());
            fields.put("level", Math.min(service.level(), plan.getLevel()));
            fields.put("deadlineSeconds", plan.getDeadlineSeconds());
            fields.put("steps", plan.getSteps().stream().map(DryRunText::fields).toList());
        });
        return fields;
    }

    private static Map<String, Object> fields(Objection refusal) {
        return Map.of("guard", refusal.guard(), "reason", refusal.reason());
    }

    private static Map<String, Object> fields(PlanStep step) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", step.getName());
        fields.put("batch", step.getBatch());
        fields.put("action", step.getAction().name());
        fields.put("subject", step.getSubject());
        fields.put("arguments", step.getArguments());
        fields.put("prechecks", step.getPrechecks());
        fields.put("verify", step.getVerify());
        fields.put("pauseSeconds", step.getPauseSeconds());
        fields.put("timeoutSeconds", step.getTimeoutSeconds());
        fields.put(
                "undo",
                step.getUndo() == ActionKind.UNKNOWN ? null : step.getUndo().name());
        fields.put("undoArguments", step.getUndoArguments());
        return fields;
    }
}
