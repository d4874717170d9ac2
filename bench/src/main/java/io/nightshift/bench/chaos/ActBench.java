package io.nightshift.bench.chaos;

import io.nightshift.bench.Figures;
import io.nightshift.bench.speed.ManyRules;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nightshift bench act}: how soon a proposal has its verdict, and an approved effect begins; on the ground of chaos. */
@Command(
        name = "act",
        description = {
            "Measures how soon admission judges a proposal under a policy of many rules,",
            "and how soon what a person approved is begun, by the target's own ledger.",
            "Takes about five minutes; needs Linux and flock.",
            "",
            "  verdict_ms_*             in admission's processor, of the clock",
            "  verdict_cpu_ms_*         the same, of its thread",
            "  verdict_readable_ms_*    proposal sent until its verdict is readable",
            "  approval_to_effect_ms_*  approval in Kafka until the target has the effect",
            "",
            "bench/README.md says what is timed, and tells of the other keys.",
            ""
        },
        footer = {"", "Exit status: 0 measured, 1 an approved effect did not begin, 2 usage."})
public final class ActBench implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--rules", defaultValue = "200", description = "Rules of the policy. Default: ${DEFAULT-VALUE}.")
    private int rules;

    @Option(
            names = "--verdicts",
            defaultValue = "1000",
            description = "Incidents that are open at once, and judged. Default: ${DEFAULT-VALUE}.")
    private int verdicts;

    @Option(
            names = "--approvals",
            defaultValue = "200",
            description = "Actions that are approved. Default: ${DEFAULT-VALUE}.")
    private int approvals;

    @Option(names = "--rate", defaultValue = "1", description = "Approvals a second. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rules < ManyRules.FEWEST || verdicts < 1 || approvals < 1 || !(rate > 0)) {
            throw new ParameterException(
                    spec.commandLine(), "--rules is at least " + ManyRules.FEWEST + ", the others are more than 0");
        }
        Path home = Files.createTempDirectory("nightshift-act");
        Figures figures = new Figures()
                .put("rules", rules)
                .put(
                        "load_average",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        try (Ground ground = new Ground(home)) {
            Path policy = Files.writeString(home.resolve("policy.cedar"), ManyRules.text(rules, ActBench::service));
            System.err.println("  verdicts");
            VerdictTimes.measure(ground, home, policy, verdicts, figures);
            System.err.println("  approvals");
            boolean isWhole = ApprovalTimes.measure(ground, home, policy, approvals, rate, figures);
            figures.print(System.out, json);
            return isWhole ? 0 : 1;
        } finally {
            Folders.delete(home);
        }
    }

    private static String service(int number) {
        return Estate.key(Estate.name(number)).toString();
    }
}
