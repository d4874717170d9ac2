package io.nightshift.oversee.story;

import io.nightshift.events.ControlKind;
import io.nightshift.events.ControlRecord;
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
import io.nightshift.schemas.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What people asked, and answers with all that an investigation can tell; some of it written by telemetry's attacker. */
public final class Asked {

    /** What a page must not obey and a terminal must not act on. */
    public static final String HOSTILE = "<script>document.title='owned'</script>\u001b[2J\u009b31m\u202Egnp";

    public static final Question QUESTION = new Question("why is gateway slow?", "demo", List.of(), null, null);

    private Asked() {}

    public static ControlRecord control(String subject, Question question, String actor, Instant at) {
        return ControlRecord.newBuilder()
                .setId("ctl-" + subject + at.toEpochMilli())
                .setKind(ControlKind.INVESTIGATE)
                .setSubject(subject)
                .setActor(actor)
                .setPerson(true)
                .setAt(at)
                .setArguments(question.arguments())
                .setChannel("console")
                .build();
    }

    /** The answer to {@link #QUESTION}. */
    public static Investigation answer(String id, Instant at) {
        return Investigation.newBuilder(new LeakStory(QUESTION.id(), at).investigation())
                .setId(id)
                .setIncidentVersion(0)
                .setProposal(null)
                .setNoProposalReason("This answers a question.")
                .setQuestion(QUESTION.text())
                .setStartedAt(at.minusMillis(240))
                .setFinishedAt(at)
                .setGroundedShare(1)
                .build();
    }

    /** A model's second look at an incident, with a hostile string wherever somebody else may have written. */
    public static Investigation byModel(String incidentId, Instant at) {
        Investigation first = new LeakStory(incidentId, at.minusSeconds(72)).investigation();
        List<EvidenceItem> evidence = new ArrayList<>(first.getEvidence());
        evidence.add(EvidenceItem.newBuilder()
                .setId("E7")
                .setKind(EvidenceKind.LOG)
                .setText("inventory logs " + HOSTILE)
                .setRefs(List.of(new RecordRef("telemetry.logs", 4, 99L)))
                .build());
        List<Hypothesis> hypotheses = new ArrayList<>(first.getHypotheses());
        hypotheses.set(
                2, Hypothesis.newBuilder(hypotheses.get(2)).setSentence(HOSTILE).build());
        return Investigation.newBuilder(first)
                .setId("inv-model-" + incidentId)
                .setEngine(Engine.LLM)
                .setEngineNote("a model thought again")
                .setQuestion("is it the release? " + HOSTILE)
                .setHypotheses(hypotheses)
                .setEvidence(evidence)
                .setFinishedAt(at)
                .setGroundedShare(0.875)
                .setDroppedClaims(1)
                .setDisagreement("the model blames the release, the ranker a leak")
                .setPackDigest("5f".repeat(32))
                .setTruncated(List.of("telemetry.logs was read in part: bytes used up"))
                .setSkills(List.of(
                        new SkillUse(
                                "memory-leak", "aa".repeat(32), "shipped", "E1", "looked for growth over restarts"),
                        new SkillUse("dns-or-network-fault", "bb".repeat(32), "shipped", "", "")))
                .setLooks(List.of(
                        new Look("metrics", "inventory jvm.memory.used", List.of("E1", "E2"), 12L, "ok"),
                        new Look("logs", HOSTILE, List.of("E7"), 40L, "nothing found")))
                .setLessons(List.of(new LessonCitation("k", "a restart held once before", "E5")))
                .setModelCalls(List.of(
                        call("propose", 2_400, 310, 1_250, at.minusSeconds(6)),
                        call("revise", 3_100, 280, 1_400, at.minusSeconds(3))))
                .build();
    }

    private static ModelCall call(String step, long in, long out, long cost, Instant at) {
        return ModelCall.newBuilder()
                .setProvider("ollama")
                .setModel("small-1")
                .setPromptDigest(step + "0".repeat(8))
                .setAnswerDigest(step + "1".repeat(8))
                .setInputTokens(in)
                .setOutputTokens(out)
                .setCostMicros(cost)
                .setMillis(2_300)
                .setOutcome("ok")
                .setParameters("temperature=0")
                .setStartedAt(at)
                .build();
    }
}
