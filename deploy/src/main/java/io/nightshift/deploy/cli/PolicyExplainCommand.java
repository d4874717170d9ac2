package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.deploy.home.UsageException;
import io.nightshift.events.ActionEvent;
import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Verdict;
import io.nightshift.remediate.domain.PolicyException;
import io.nightshift.remediate.domain.PolicyJudge;
import io.nightshift.remediate.policy.PolicyCases;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.runtime.config.ConfigFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nightshift policy explain}: what would be decided, and why, without anything being done. */
@Command(
        name = "explain",
        description = {
            "Tells what the policy answers to a question, and by which rules; or, with --action-id, what was planned and",
            "decided about an action. Nothing is done."
        },
        footer = {"", "Exit status: 0 explained, 1 the policy is not sound, 2 usage, 3 Kafka can't be reached."})
final class PolicyExplainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Home home;

    @Option(names = "--action-id", paramLabel = "ID", description = "An action, as ./nightshift actions names it.")
    private String actionId;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description = "A Cedar file or a profile. Default: the one in force.")
    private String policy;

    @Option(names = "--action", paramLabel = "KIND", description = "Such as RESTART or ROLL_BACK_RELEASE.")
    private ActionKind action;

    @Option(names = "--service", description = "environment/namespace/service. Default: any.")
    private String service;

    @Option(names = "--cause", description = "Such as MEMORY_LEAK.")
    private CauseClass cause;

    @Option(names = "--level", description = "1 to 5. Default: 3.")
    private Integer level;

    @Option(names = "--confidence", description = "0 to 1. Default: 1.")
    private Double confidence;

    @Option(
            names = "--given",
            paramLabel = "KEY=VALUE",
            description = "Anything else a case of ./nightshift policy test may give, such as protected=true.")
    private Map<String, String> given;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        if ((actionId == null) == (action == null)) {
            throw new UsageException("name either an action by --action-id, or a question by --action KIND");
        }
        return actionId == null ? question() : action();
    }

    private int question() throws JsonProcessingException {
        Map<String, Object> asked = new LinkedHashMap<>(given == null ? Map.of() : given);
        asked.put("action", action);
        put(asked, "service", service);
        put(asked, "cause", cause);
        put(asked, "level", level);
        put(asked, "confidence", confidence);
        List<String> lines = new ArrayList<>();
        asked.forEach((key, value) -> lines.add(key + ": " + value));
        try {
            PolicyJudge.Answer answer = text().load()
                    .judge(PolicyCases.question(ConfigFile.parse("the question", String.join("\n", lines) + "\n")));
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("decision", answer.decision().name());
            fields.put("rules", answer.rules());
            fields.put("quorum", answer.quorum());
            fields.put("fourEyes", answer.fourEyes());
            fields.put("policyVersion", answer.version());
            print(
                    fields,
                    answer.decision() + " by "
                            + (answer.rules().isEmpty()
                                    ? "default: no rule permits it"
                                    : String.join(", ", answer.rules()))
                            + "\nThis is policy's word alone: guards may still ask or refuse (docs/guards.md).");
            return 0;
        } catch (PolicyException e) {
            spec.commandLine().getErr().println("nightshift: " + e.getMessage());
            return 1;
        }
    }

    private static void put(Map<String, Object> asked, String key, Object value) {
        if (value != null) {
            asked.put(key, value);
        }
    }

    private PolicyText text() {
        if (policy != null) {
            return PolicyCommand.text(policy);
        }
        try (PolicyNow now = PolicyNow.of(Client.connect(home))) {
            return now.text();
        }
    }

    private int action() throws InterruptedException, JsonProcessingException {
        ActionEvent event = NightReader.actions(Client.connect(home)).stream()
                .filter(each -> each.getActionId().equals(actionId))
                .findFirst()
                .orElseThrow(() ->
                        new UsageException("there is no action '" + actionId + "'; ./nightshift actions lists them"));
        List<String> steps = event.getPlan() == null
                ? List.of()
                : event.getPlan().getSteps().stream()
                        .map(step -> step.getAction() + " of " + Words.plain(step.getSubject()))
                        .toList();
        Verdict verdict = event.getVerdict();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("actionId", event.getActionId());
        fields.put("status", event.getStatus().name());
        fields.put("steps", steps);
        fields.put("decision", verdict == null ? null : verdict.getDecision().name());
        fields.put("rules", verdict == null ? List.of() : verdict.getRules());
        fields.put("reasons", verdict == null ? List.of() : verdict.getReasons());
        fields.put("level", verdict == null ? null : verdict.getLevel());
        fields.put("approvals", verdict == null ? List.of() : verdict.getApprovals());
        fields.put("policyVersion", verdict == null ? null : verdict.getPolicyVersion());
        print(fields, words(event, steps));
        return 0;
    }

    private static String words(ActionEvent event, List<String> steps) {
        StringBuilder text = new StringBuilder(Words.plain(event.getSentence()));
        for (int i = 0; i < steps.size(); i++) {
            text.append("\n  step ").append(i + 1).append(": ").append(steps.get(i));
        }
        Verdict verdict = event.getVerdict();
        if (verdict != null) {
            text.append("\n  ")
                    .append(verdict.getDecision())
                    .append(" at level ")
                    .append(verdict.getLevel());
            for (int i = 0; i < verdict.getRules().size(); i++) {
                text.append("\n    ").append(verdict.getRules().get(i));
                if (i < verdict.getReasons().size()) {
                    text.append(": ").append(Words.plain(verdict.getReasons().get(i)));
                }
            }
            if (!verdict.getApprovals().isEmpty()) {
                text.append("\n  approved by ").append(Words.plain(String.join(", ", verdict.getApprovals())));
            }
        }
        return text.toString();
    }

    private void print(Map<String, Object> fields, String text) throws JsonProcessingException {
        System.out.println(json ? new ObjectMapper().writeValueAsString(fields) : text);
    }
}
