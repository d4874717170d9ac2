package io.nightshift.deploy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.remediate.domain.PolicyException;
import io.nightshift.remediate.policy.CedarPolicy;
import io.nightshift.remediate.policy.PolicyCases;
import io.nightshift.remediate.policy.PolicyDiff;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.runtime.config.ConfigFile;
import io.nightshift.runtime.config.ConfigNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands on policies in files: nothing need run. */
abstract class PolicyFileCommands implements Callable<Integer> {

    private static final String POLICY = "A Cedar file, or a profile: cautious, standard, regulated.";

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Prints the answer as JSON, or else as text. */
    final void tell(Object answer, Runnable text) throws JsonProcessingException {
        if (json) {
            System.out.println(new ObjectMapper().writeValueAsString(answer));
        } else {
            text.run();
        }
    }

    final int refused(PolicyException e) {
        spec.commandLine().getErr().println("nightshift: " + e.getMessage());
        return 1;
    }

    /** {@code nightshift policy check}. */
    @Command(
            name = "check",
            description = {
                "Checks that policies parse, fit the schema, name each rule, and let nothing through alone that no policy",
                "may: below level 4, on a protected target, or irreversible."
            },
            footer = {"", "Exit status: 0 all are sound, 1 one is not, 2 usage."})
    static final class Check extends PolicyFileCommands {

        @Parameters(arity = "1..*", paramLabel = "POLICY", description = POLICY)
        private List<String> policies;

        @Override
        public Integer call() throws JsonProcessingException {
            List<Map<String, Object>> all = new ArrayList<>();
            for (String name : policies) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("policy", name);
                try {
                    CedarPolicy policy = PolicyCommand.text(name).load();
                    one.put("sound", true);
                    one.put("version", policy.version());
                } catch (PolicyException e) {
                    one.put("sound", false);
                    one.put("reason", e.getMessage());
                }
                all.add(one);
            }
            tell(
                    all,
                    () -> all.forEach(one -> System.out.println(
                            (boolean) one.get("sound")
                                    ? "sound    " + one.get("policy") + "  version " + one.get("version")
                                    : "REFUSED  " + one.get("reason"))));
            return all.stream().allMatch(one -> (boolean) one.get("sound")) ? 0 : 1;
        }
    }

    /** {@code nightshift policy diff}. */
    @Command(
            name = "diff",
            description = {
                "Puts the same questions to two policies, over what their rules name, and tells which are answered",
                "another way. What lets more happen with fewer people is marked."
            },
            footer = {"", "Exit status: 0 nothing is wider, 1 something is or a policy is not sound, 2 usage."})
    static final class Diff extends PolicyFileCommands {

        @Parameters(index = "0", paramLabel = "OLD", description = POLICY)
        private String before;

        @Parameters(index = "1", paramLabel = "NEW", description = POLICY)
        private String after;

        @Override
        public Integer call() throws JsonProcessingException {
            try {
                PolicyDiff diff = PolicyDiff.between(PolicyCommand.text(before), PolicyCommand.text(after));
                tell(
                        Map.of("asked", diff.asked(), "wider", diff.isWider(), "changes", diff.changes()),
                        () -> print(diff));
                return diff.isWider() ? 1 : 0;
            } catch (PolicyException e) {
                return refused(e);
            }
        }

        private static void print(PolicyDiff diff) {
            diff.changes()
                    .forEach(change -> System.out.println((change.wider() ? "WIDER     " : "narrower  ")
                            + change.before()
                            + " -> " + change.after() + "  " + change.action() + " against " + change.cause() + " on "
                            + change.service()
                            + (change.serviceClass().isEmpty() ? "" : " of " + change.serviceClass())
                            + (change.isProtected() ? ", protected" : "") + "; level "
                            + joined(change.levels()) + "; confidence " + joined(change.confidences()) + " %; "
                            + joined(change.reversibilities())));
            System.out.println(
                    diff.changes().isEmpty()
                            ? "the same answers to all of " + diff.asked() + " questions"
                            : "other answers in " + diff.changes().size() + " groups of " + diff.asked() + " questions"
                                    + (diff.isWider()
                                            ? "; some let more happen with fewer people"
                                            : "; none is wider"));
        }

        private static String joined(Iterable<?> values) {
            List<String> words = new ArrayList<>();
            values.forEach(value -> words.add(value.toString()));
            return words.stream().collect(Collectors.joining(", "));
        }
    }

    /** {@code nightshift policy test}. */
    @Command(
            name = "test",
            description = {
                "Puts the cases of a file to a policy and tells which are answered as expected. The file:",
                "  policy: mine.cedar        # or a profile; --policy comes first",
                "  cases:",
                "    - name: a leak at level 4 is repaired alone",
                "      given: {service: prod/shop/cart, action: RESTART, cause: MEMORY_LEAK, level: 4, confidence: 0.9}",
                "      expect: {decision: ALLOW, rules: [act-on-what-restores-itself]}"
            },
            footer = {"", "Exit status: 0 all pass, 1 one does not or the policy is not sound, 2 usage."})
    static final class Test extends PolicyFileCommands {

        @Parameters(paramLabel = "FILE", description = "Cases, in YAML.")
        private Path file;

        @Option(names = "--policy", paramLabel = "POLICY", description = POLICY)
        private String policy;

        @Override
        public Integer call() throws JsonProcessingException {
            ConfigNode cases = ConfigFile.read(Home.existing(file));
            try {
                List<PolicyCases.Result> results =
                        PolicyCases.run(cases, text(cases).load());
                tell(
                        results.stream().map(Test::described).toList(),
                        () -> results.forEach(result -> System.out.println(result.fault()
                                .map(fault -> "FAILED  " + result.name() + " (" + result.where() + "): " + fault)
                                .orElse("passed  " + result.name()))));
                return results.stream().allMatch(result -> result.fault().isEmpty()) ? 0 : 1;
            } catch (PolicyException e) {
                return refused(e);
            }
        }

        private PolicyText text(ConfigNode cases) {
            if (policy != null) {
                return PolicyCommand.text(policy);
            }
            String named = cases.text("policy", "cautious");
            boolean isProfile = named.matches("cautious|standard|regulated");
            return PolicyCommand.text(
                    isProfile ? named : cases.require("policy").path().toString());
        }

        private static Map<String, Object> described(PolicyCases.Result result) {
            Map<String, Object> described = new LinkedHashMap<>();
            described.put("name", result.name());
            described.put("where", result.where());
            described.put("passed", result.fault().isEmpty());
            described.put("fault", result.fault().orElse(null));
            return described;
        }
    }
}
