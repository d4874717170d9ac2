package io.nightshift.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(300)
class ActBenchTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(String... arguments) {
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            return new CommandLine(new ActBench()).execute(arguments);
        } finally {
            System.setOut(out);
        }
    }

    @Test
    void everyProposalHasAVerdictAndEveryApprovalItsEffectInTheTargetsLedger() throws Exception {
        int status = run("--rules", "20", "--verdicts", "6", "--approvals", "3", "--rate", "2", "--json");

        assertThat(status).isZero();
        JsonNode figures = new ObjectMapper().readTree(printed.toByteArray());
        assertThat(figures.get("verdicts").asInt()).isEqualTo(6);
        assertThat(figures.get("policy_version").asText())
                .as("SHA-256 of its text")
                .hasSize(64);
        assertThat(figures.get("verdict_ms_p50").asDouble()).isPositive();
        assertThat(figures.get("verdict_cpu_ms_p50").asDouble()).isPositive();
        assertThat(figures.get("verdict_readable_ms_p50").asDouble())
                .as("what is readable was judged before")
                .isGreaterThan(figures.get("verdict_ms_p50").asDouble());
        assertThat(figures.get("approvals").asInt()).isEqualTo(3);
        assertThat(figures.get("approvals_without_effect").asInt()).isZero();
        for (String part : new String[] {"approval_to_allowed", "allowed_to_started", "started_to_effect"}) {
            assertThat(figures.get(part + "_ms_p99").asDouble())
                    .as(part)
                    .isPositive()
                    .isLessThanOrEqualTo(
                            figures.get("approval_to_effect_ms_max").asDouble());
        }
    }

    @Test
    void aPolicyShorterThanTheOneThatItBeginsWithIsAMisuse() {
        assertThat(run("--rules", "3")).isEqualTo(CommandLine.ExitCode.USAGE);
    }
}
