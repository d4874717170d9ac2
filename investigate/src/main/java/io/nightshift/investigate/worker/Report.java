package io.nightshift.investigate.worker;

import io.nightshift.events.Claim;
import io.nightshift.events.Engine;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.events.LessonCitation;
import io.nightshift.investigate.domain.Answer;
import io.nightshift.investigate.domain.Diagnosis;
import io.nightshift.investigate.evidence.EvidencePack;
import io.nightshift.investigate.skill.ShownSkills;
import io.nightshift.schemas.CauseHash;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Writes an investigation down, within its byte budget: evidence that nothing cites is the first to go, of it what a model's
 * looks added before the pack.
 */
final class Report {

    /** Budgets for evidence, tried in turn until the whole record fits. */
    private static final int[] EVIDENCE_BYTES = {150_000, 100_000, 60_000, 30_000, 10_000, 0};

    private final InvestigationRequest request;
    private final EvidencePack all;
    private final Diagnosis diagnosis;
    private final Reasoning reasoning;
    private final ShownSkills skills;

    Report(
            InvestigationRequest request,
            EvidencePack pack,
            Diagnosis diagnosis,
            Reasoning reasoning,
            ShownSkills skills) {
        this.request = request;
        this.all = pack.plus(reasoning.trail().evidence());
        this.diagnosis = diagnosis;
        this.reasoning = reasoning;
        this.skills = skills;
    }

    /**
     * @param sizeOf serialised size of a record
     * @param limit greatest serialised size
     * @throws IllegalStateException when even without evidence it does not fit
     */
    Investigation write(Instant startedAt, Instant finishedAt, ToIntFunction<Investigation> sizeOf, int limit) {
        for (int bytes : EVIDENCE_BYTES) {
            Investigation investigation = with(all.within(cited(), bytes), startedAt, finishedAt);
            if (sizeOf.applyAsInt(investigation) <= limit) {
                return investigation;
            }
        }
        throw new IllegalStateException("the investigation of "
                + request.getIncident().getId() + " is above " + limit + " bytes even without its evidence");
    }

    private Investigation with(EvidencePack kept, Instant startedAt, Instant finishedAt) {
        Incident incident = request.getIncident();
        Engine engine = reasoning.conclusion().map(Reasoning.Conclusion::engine).orElse(Engine.DETERMINISTIC);
        return new Investigation(
                request.getQuestion() == null
                        ? CauseHash.id("inv", incident.getId(), incident.getVersion(), engine)
                        : CauseHash.id("inv", incident.getId(), incident.getVersion(), engine, request.getId()),
                incident.getId(),
                incident.getVersion(),
                incident.getEnvironment(),
                incident.getFingerprint(),
                engine,
                reasoning.note(),
                startedAt,
                finishedAt,
                hypotheses(),
                diagnosis.ranking().top(),
                answer().proposal().orElse(null),
                answer().whyNone(),
                kept.items(),
                kept.truncated(),
                answer().considered(),
                answer().lessons(),
                reasoning.trail().calls(),
                reasoning.trail().grounding().share(),
                request.getQuestion(),
                reasoning
                        .conclusion()
                        .map(Reasoning.Conclusion::sentence)
                        .orElseGet(() -> diagnosis.ranking().best().getSentence()),
                skills.uses(hypotheses(), answer().proposal(), ids(kept)),
                reasoning.trail().looks(),
                reasoning.trail().grounding().dropped(),
                reasoning
                        .conclusion()
                        .flatMap(Reasoning.Conclusion::disagreement)
                        .orElse(null),
                all.digest());
    }

    private static Set<String> ids(EvidencePack kept) {
        return kept.items().stream().map(EvidenceItem::getId).collect(Collectors.toSet());
    }

    private List<Hypothesis> hypotheses() {
        return reasoning.conclusion().map(Reasoning.Conclusion::hypotheses).orElseGet(() -> diagnosis
                .ranking()
                .hypotheses());
    }

    private Answer answer() {
        return reasoning.conclusion().map(Reasoning.Conclusion::answer).orElseGet(diagnosis::answer);
    }

    private Set<String> cited() {
        Set<String> ids = new HashSet<>();
        for (Hypothesis hypothesis : hypotheses()) {
            hypothesis.getEvidenceFor().stream().map(Claim::getEvidenceIds).forEach(ids::addAll);
            hypothesis.getEvidenceAgainst().stream().map(Claim::getEvidenceIds).forEach(ids::addAll);
        }
        answer().proposal().ifPresent(proposal -> ids.addAll(proposal.getEvidenceIds()));
        answer().lessons().stream().map(LessonCitation::getEvidenceId).forEach(ids::add);
        return ids;
    }
}
