package io.nightshift.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightshift.events.Alternative;
import io.nightshift.events.CauseClass;
import io.nightshift.events.Claim;
import io.nightshift.events.Engine;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Investigation;
import io.nightshift.events.LessonCitation;
import io.nightshift.events.Look;
import io.nightshift.events.ModelCall;
import io.nightshift.events.RecordRef;
import io.nightshift.events.SkillUse;
import io.nightshift.oversee.domain.view.ExplanationView;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTextTest {

    private static final Instant NOW = Instant.parse("2026-01-10T03:12:00Z");
    private static final String HOSTILE = "a\u001b[2J\u009b31mb\r\nroot# rm \u202Eend\u2028c";

    @Test
    void everythingBehindAnAnswerIsTold() {
        String text = String.join("\n", text("all is well").full(false, false));

        assertThat(text)
                .contains("inv-1 about inc-1, version 2 in demo", "asked: why?", "answered by the llm investigator")
                .contains("1. 87 %  memory leak  demo/shop/cart", "chain: demo/shop/cart → demo/shop/web")
                .contains("     + the heap grows [E1]", "     - another was deployed [E2]")
                .contains("none: nothing helps", "restart the web: it is not the cause")
                .contains("a restart held once [E2]", "memory-leak (shipped): looked for growth [E1]")
                .contains("dns (shipped): changed nothing", "metrics cart heap: ok, 12 ms [E1]")
                .contains("the ranker's first: demo/shop/cart|MEMORY_LEAK", "the model differs: it blames the release")
                .contains("88 % of the claims cite evidence; 1 cited none and were dropped")
                .contains("1 calls of a model: 2710 tokens, cost 0.0013, 2.3 s")
                .contains("Evidence that is cited (2 of 3", "E1  metric  all is well  telemetry.metrics-2@48201")
                .contains("logs were read in part", "evidence digest: 5f5f")
                .doesNotContain("E3", "prompt p1");
    }

    @Test
    void allEvidenceAndEachCallAreListedWhenAskedFor() {
        String text = String.join("\n", text("all is well").full(true, true));

        assertThat(text).contains("E3  log", "ollama small temperature=0: ok, 2300 ms", "prompt p1  answer a1");
    }

    @Test
    void aTerminalIsToldNothingThatItWouldActOnAndNoLineIsForged() {
        ExplanationText text = text(HOSTILE);

        assertThat(text.full(true, true)).allSatisfy(line -> assertThat(line)
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]")
                .doesNotStartWith("root#"));
        assertThat(text(HOSTILE).brief()).noneMatch(line -> line.matches(".*[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}].*"));
    }

    @Test
    void theAnswerInBriefHasTheHypothesesAndWhatIsMissing() {
        assertThat(String.join("\n", text("all is well").brief()))
                .startsWith("It is a leak.")
                .contains("1. 87 %", "the heap grows", "logs were read in part")
                .doesNotContain("evidence digest");
    }

    private static ExplanationText text(String foreign) {
        return new ExplanationText(ExplanationView.of(Investigation.newBuilder()
                .setId("inv-1")
                .setIncidentId("inc-1")
                .setIncidentVersion(2)
                .setEnvironment("demo")
                .setFingerprint("fp")
                .setEngine(Engine.LLM)
                .setStartedAt(NOW)
                .setFinishedAt(NOW.plusMillis(900))
                .setSentence("It is a leak.")
                .setQuestion("why?")
                .setNoProposalReason("nothing helps")
                .setHypotheses(List.of(Hypothesis.newBuilder()
                        .setRank(1)
                        .setService("demo/shop/cart")
                        .setCauseClass(CauseClass.MEMORY_LEAK)
                        .setConfidence(0.87)
                        .setChain(List.of("demo/shop/cart", "demo/shop/web"))
                        .setEvidenceFor(List.of(new Claim("the heap grows", List.of("E1"))))
                        .setEvidenceAgainst(List.of(new Claim("another was deployed", List.of("E2"))))
                        .setSentence(foreign)
                        .build()))
                .setConsidered(List.of(new Alternative("restart the web", "it is not the cause")))
                .setLessons(List.of(new LessonCitation("k", "a restart held once", "E2")))
                .setSkills(List.of(
                        new SkillUse("memory-leak", "aa", "shipped", "E1", "looked for growth"),
                        new SkillUse("dns", "bb", "shipped", "", "")))
                .setLooks(List.of(new Look("metrics", "cart heap", List.of("E1"), 12L, "ok")))
                .setRankerTop(List.of("demo/shop/cart|MEMORY_LEAK"))
                .setDisagreement("it blames the release")
                .setGroundedShare(0.875)
                .setDroppedClaims(1)
                .setModelCalls(List.of(ModelCall.newBuilder()
                        .setProvider("ollama")
                        .setModel("small")
                        .setPromptDigest("p1")
                        .setAnswerDigest("a1")
                        .setInputTokens(2_400)
                        .setOutputTokens(310)
                        .setCostMicros(1_250)
                        .setMillis(2_300)
                        .setOutcome("ok")
                        .setParameters("temperature=0")
                        .build()))
                .setEvidence(List.of(
                        item("E1", EvidenceKind.METRIC, foreign),
                        item("E2", EvidenceKind.CHANGE, "x"),
                        item("E3", EvidenceKind.LOG, foreign)))
                .setTruncated(List.of("logs were read in part"))
                .setPackDigest("5f".repeat(32))
                .build()));
    }

    private static EvidenceItem item(String id, EvidenceKind kind, String text) {
        return EvidenceItem.newBuilder()
                .setId(id)
                .setKind(kind)
                .setText(text)
                .setRefs(List.of(new RecordRef("telemetry.metrics", 2, 48_200L + id.charAt(1) - '0')))
                .build();
    }
}
