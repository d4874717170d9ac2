package io.nightshift.bench.speed;

import io.nightshift.bench.Figures;
import io.nightshift.bench.Quantile;
import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Decision;
import io.nightshift.events.Engine;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.Reversibility;
import io.nightshift.remediate.domain.PolicyJudge;
import io.nightshift.remediate.domain.PolicyQuestion;
import io.nightshift.remediate.policy.PolicyText;
import io.nightshift.remediate.policy.Profile;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightshift bench verdict}: how long policy takes to answer, beside the built-in policy in the same run. */
@Command(
        name = "verdict",
        description = {
            "Measures how long policy takes to answer one question, act and ask together, with as many rules as asked",
            "for, beside the built-in policy of four rules. Takes less than a minute."
        })
public final class VerdictBench implements Callable<Integer> {

    private static final int WARM_UP = 3_000;
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @Option(names = "--policies", defaultValue = "200", description = "Rules. Default: ${DEFAULT-VALUE}.")
    private int policies;

    @Option(names = "--questions", defaultValue = "10000", description = "Questions. Default: ${DEFAULT-VALUE}.")
    private int questions;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        long began = System.nanoTime();
        PolicyJudge many = new PolicyText("bench", ManyRules.text(policies, VerdictBench::service)).load();
        double load = (System.nanoTime() - began) / 1e6;
        double[] baseline = times(Profile.CAUTIOUS.policy().load());
        double[] taken = times(many);
        new Figures()
                .put("policies", policies)
                .put("questions", questions)
                .put("load_ms", load)
                .put("p50_ms", Quantile.of(taken, 0.5))
                .put("p99_ms", Quantile.of(taken, 0.99))
                .put("max_ms", Quantile.of(taken, 1))
                .put("baseline_p50_ms", Quantile.of(baseline, 0.5))
                .put("baseline_p99_ms", Quantile.of(baseline, 0.99))
                .put("times_baseline_p50", Quantile.of(taken, 0.5) / Quantile.of(baseline, 0.5))
                .print(System.out, json);
        return 0;
    }

    private static String service(int number) {
        return "prod/shop/service-" + number;
    }

    /** Milliseconds of each answer, ascending. */
    private double[] times(PolicyJudge policy) {
        Random random = new Random(1);
        int answered = 0;
        double[] taken = new double[questions];
        for (int i = -WARM_UP; i < questions; i++) {
            PolicyQuestion question = question(random);
            long began = System.nanoTime();
            PolicyJudge.Answer answer = policy.judge(question);
            if (i >= 0) {
                taken[i] = (System.nanoTime() - began) / 1e6;
            }
            answered += answer.decision() == Decision.UNKNOWN ? 0 : 1;
        }
        if (answered != questions + WARM_UP) {
            throw new IllegalStateException("the policy left questions unanswered");
        }
        Arrays.sort(taken);
        return taken;
    }

    private PolicyQuestion question(Random random) {
        return new PolicyQuestion(
                "prod",
                service(random.nextInt(2 * policies)),
                "stateless",
                ActionKind.RESTART,
                "",
                CauseClass.MEMORY_LEAK,
                Reversibility.SELF_RESTORING,
                Engine.DETERMINISTIC,
                1 + random.nextInt(5),
                random.nextDouble(),
                random.nextInt(10) == 0,
                true,
                2,
                Set.of(EvidenceKind.METRIC, EvidenceKind.LOG),
                NOON);
    }
}
