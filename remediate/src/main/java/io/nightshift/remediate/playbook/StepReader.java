package io.nightshift.remediate.playbook;

import io.nightshift.events.ActionKind;
import io.nightshift.remediate.domain.catalogue.Effect;
import io.nightshift.remediate.domain.catalogue.Proof;
import io.nightshift.remediate.domain.playbook.Batches;
import io.nightshift.remediate.domain.playbook.Parameter;
import io.nightshift.remediate.domain.playbook.PlaybookStep;
import io.nightshift.remediate.domain.playbook.PlaybookStep.Subject;
import io.nightshift.remediate.domain.playbook.StepOrder;
import io.nightshift.runtime.config.ConfigNode;
import io.nightshift.runtime.config.Nearest;
import io.nightshift.runtime.inventory.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the steps of a playbook.
 *
 * @param parameters what the playbook is told
 * @param batches how instances are taken where a step does not say
 */
record StepReader(List<Parameter> parameters, Batches batches) {

    private static final int MOST_STEPS = 20;
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Set<String> KEYS = Set.of(
            "name", "action", "arguments", "on", "batches", "prechecks", "verify", "pause", "timeout", "undo", "after");
    private static final Set<String> CLOSING_KEYS =
            Set.of("name", "action", "arguments", "on", "batches", "prechecks", "verify", "pause", "timeout");
    private static final Set<String> COMMANDS =
            Set.of("argv", "cmd", "command", "exec", "run", "script", "shell", "url");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern PROBE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Map<String, Subject> SUBJECTS =
            Map.of("service", Subject.SERVICE, "instances", Subject.INSTANCES);

    /** Steps in the order in which they are done, those under {@code finally} last. */
    List<PlaybookStep> read(ConfigNode root) {
        Map<String, PlaybookStep> byName = new LinkedHashMap<>();
        Map<String, ConfigNode> places = new LinkedHashMap<>();
        List<ConfigNode> listed = root.require("steps").items();
        if (listed.isEmpty()) {
            throw root.require("steps").error("the list is empty; add what is to be done, or remove the playbook");
        }
        for (ConfigNode node : listed) {
            add(step(node, false), node, byName, places);
        }
        List<PlaybookStep> steps = new ArrayList<>();
        order(places, byName).forEach(name -> steps.add(byName.get(name)));
        for (ConfigNode node : root.get("finally").map(ConfigNode::items).orElse(List.of())) {
            PlaybookStep closing = step(node, true);
            add(closing, node, byName, places);
            checkClosing(closing, node, steps);
            steps.add(closing);
        }
        if (steps.size() > MOST_STEPS) {
            throw root.require("steps")
                    .error(steps.size() + " steps are more than " + MOST_STEPS
                            + "; nobody oversees so many at night: make several playbooks of it");
        }
        checkParametersAreUsed(root, steps);
        return steps;
    }

    private static void add(
            PlaybookStep step, ConfigNode node, Map<String, PlaybookStep> byName, Map<String, ConfigNode> places) {
        if (byName.put(step.name(), step) != null) {
            throw node.error("the step " + step.name() + " stands twice; give each a name of its own");
        }
        places.put(step.name(), node);
    }

    private static List<String> order(Map<String, ConfigNode> places, Map<String, PlaybookStep> byName) {
        Map<String, List<String>> after = new LinkedHashMap<>();
        places.forEach((name, node) -> {
            for (ConfigNode item : node.get("after").map(ConfigNode::items).orElse(List.of())) {
                if (!byName.containsKey(item.text())) {
                    throw item.error("there is no step '" + item.text() + "' to come after; "
                            + Nearest.remedy(item.text(), byName.keySet()));
                }
            }
            after.put(name, node.texts("after"));
        });
        StepOrder order = new StepOrder(after);
        order.cycle().ifPresent(cycle -> {
            throw places.get(cycle.get(0))
                    .require("after")
                    .error("the steps wait for each other in a ring: " + String.join(" after ", cycle)
                            + "; remove one of these");
        });
        return order.names();
    }

    private PlaybookStep step(ConfigNode node, boolean closing) {
        node.keys().stream().filter(COMMANDS::contains).findFirst().ifPresent(key -> {
            throw node.require(key)
                    .error("no command stands in a playbook; declare it under the target's actions in the inventory,"
                            + " and name the action here");
        });
        node.allowOnly(closing ? CLOSING_KEYS : KEYS);
        ActionKind action = action(node);
        StepArguments arguments = new StepArguments(parameters);
        Effect effect = arguments.effect(node, action);
        return new PlaybookStep(
                name(node),
                action,
                effect.arguments(),
                on(node),
                PlaybookFile.batches(node, batches),
                probes(node, "prechecks"),
                verify(node),
                span(node, "pause").orElse(Duration.ZERO),
                span(node, "timeout"),
                node.get("undo").map(undo -> arguments.undo(undo, effect)),
                closing,
                node.where());
    }

    static ActionKind action(ConfigNode node) {
        ConfigNode place = node.require("action");
        ActionKind action = Names.of(ActionKind.class, place.text(), place);
        if (action == ActionKind.PLAYBOOK) {
            throw place.error("a playbook runs no other one: its digest would not cover what is done; copy the steps");
        }
        return action;
    }

    private static String name(ConfigNode node) {
        ConfigNode name = node.require("name");
        if (!NAME.matcher(name.text()).matches()) {
            throw name.error("'" + name.text() + "' is no step's name; write lower case letters, digits and dashes");
        }
        return name.text();
    }

    private static Subject on(ConfigNode node) {
        Optional<ConfigNode> on = node.get("on");
        if (on.isEmpty()) {
            return Subject.AS_DECLARED;
        }
        Subject subject = SUBJECTS.get(on.get().text());
        if (subject == null) {
            throw on.get()
                    .error("'" + on.get().text() + "' can't be acted on; "
                            + Nearest.remedy(on.get().text(), SUBJECTS.keySet()));
        }
        return subject;
    }

    private static List<String> verify(ConfigNode node) {
        if (node.get("verify").isEmpty()) {
            throw node.error("a step without verification is not run; add verify: with names of probes, or of "
                    + String.join(", ", Proof.labels()));
        }
        List<String> verify = probes(node, "verify");
        if (verify.isEmpty()) {
            throw node.require("verify")
                    .error("the list is empty, and a step without verification is not run; name probes, or "
                            + String.join(", ", Proof.labels()));
        }
        return verify;
    }

    private static List<String> probes(ConfigNode node, String key) {
        List<String> names = new ArrayList<>();
        for (ConfigNode item : node.get(key).map(ConfigNode::items).orElse(List.of())) {
            if (!PROBE.matcher(item.text()).matches()) {
                throw item.error("'" + item.text() + "' is no probe's name");
            }
            if (names.contains(item.text())) {
                throw item.error("'" + item.text() + "' stands twice; remove one");
            }
            names.add(item.text());
        }
        return names;
    }

    private static Optional<Duration> span(ConfigNode node, String key) {
        Optional<Duration> span = node.get(key).map(ConfigNode::duration);
        if (span.filter(time -> time.toSeconds() < 1 || time.compareTo(LONGEST) > 0)
                .isPresent()) {
            throw node.require(key).error("must be 1s to " + LONGEST.toMinutes() + "m");
        }
        return span;
    }

    /** Whichever way the end is reached, it is taken back: by this step, or by the undo of the earlier one. */
    private static void checkClosing(PlaybookStep closing, ConfigNode node, List<PlaybookStep> earlier) {
        boolean takesBack = earlier.stream()
                .flatMap(step -> StepArguments.undoKind(step).stream())
                .anyMatch(kind -> kind == closing.action());
        if (!takesBack) {
            throw node.error("what stands under finally takes an earlier step back, and no step is undone by "
                    + closing.action() + "; move it to the steps");
        }
    }

    private void checkParametersAreUsed(ConfigNode root, List<PlaybookStep> steps) {
        for (Parameter parameter : parameters) {
            String placeholder = "{" + parameter.name() + "}";
            if (steps.stream()
                    .noneMatch(step -> step.arguments().containsValue(placeholder)
                            || step.undo()
                                    .filter(undo -> undo.arguments().containsValue(placeholder))
                                    .isPresent())) {
                throw root.require("arguments")
                        .require(parameter.name())
                        .error("no step uses it; write " + placeholder + " where it is meant, or remove it");
            }
        }
    }
}
