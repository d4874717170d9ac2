package io.nightshift.investigate.domain;

import io.nightshift.events.CauseClass;
import io.nightshift.events.Claim;
import io.nightshift.events.Engine;
import io.nightshift.events.EvidenceItem;
import io.nightshift.events.EvidenceKind;
import io.nightshift.events.Hypothesis;
import io.nightshift.events.Incident;
import io.nightshift.events.Investigation;
import io.nightshift.events.InvestigationRequest;
import io.nightshift.events.ServiceRollup;
import io.nightshift.schemas.CauseHash;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Makes of an investigation the answer to a question: in its words, about its services, and without a proposal. */
public final class InquiryAnswer {

    private static final String NOTHING_PROPOSED =
            "This answers a question. What is to be done is proposed for an incident only.";

    /** Figures of so many services fit into a sentence; those of all stand among the claims. */
    private static final int FIGURES_TOLD = 3;

    private InquiryAnswer() {}

    /**
     * @param found the investigation as the ranker or a model left it
     * @param request the inquiry as it was completed
     * @param services services that were asked about
     * @param minutes minutes of these services in the time that was asked about
     */
    public static Investigation of(
            Investigation found, InvestigationRequest request, List<String> services, List<ServiceRollup> minutes) {
        List<String> figures =
                services.stream().map(service -> Figures.of(service, minutes)).toList();
        Investigation.Builder answer = Investigation.newBuilder(found)
                .setProposal(null)
                .setNoProposalReason(NOTHING_PROPOSED)
                .setHypotheses(withFigures(found, services, figures));
        if (found.getEngine() == Engine.DETERMINISTIC) {
            answer.setSentence(sentence(found, request.getIncident(), services, figures));
        }
        return answer.build();
    }

    /** The answer when nothing could be looked at. */
    public static Investigation unanswered(
            InvestigationRequest request, String why, Instant startedAt, Instant finishedAt) {
        Incident asked = request.getIncident();
        return Investigation.newBuilder()
                .setId(CauseHash.id("inv", asked.getId(), asked.getVersion(), Engine.DETERMINISTIC, request.getId()))
                .setIncidentId(asked.getId())
                .setIncidentVersion(asked.getVersion())
                .setEnvironment(asked.getEnvironment())
                .setFingerprint(asked.getFingerprint())
                .setEngine(Engine.DETERMINISTIC)
                .setEngineNote("nothing was ranked")
                .setStartedAt(startedAt)
                .setFinishedAt(finishedAt)
                .setNoProposalReason(NOTHING_PROPOSED)
                .setGroundedShare(1)
                .setQuestion(request.getQuestion())
                .setSentence(why)
                .build();
    }

    private static String sentence(Investigation found, Incident asked, List<String> services, List<String> figures) {
        String names = services.stream().map(SignWords::shortName).collect(Collectors.joining(" and "));
        String told = figures.stream().limit(FIGURES_TOLD).collect(Collectors.joining(" "));
        Hypothesis best = found.getHypotheses().get(0);
        if (best.getCauseClass() == CauseClass.NO_CULPRIT) {
            String seen = asked.getMemberCount() == 0
                    ? "Nothing unusual was seen at " + names + " and around it between "
                    : "What was unusual at " + names + " and around it points to no cause, between ";
            return seen + time(Inquiry.from(asked)) + " and " + time(Inquiry.until(asked)) + ". " + told;
        }
        boolean reaches =
                services.contains(best.getService()) || services.stream().anyMatch(best.getChain()::contains);
        return (reaches ? "" : "No trouble reaches " + names + " along calls, but nearby: ") + best.getSentence() + " "
                + told;
    }

    /** "No culprit" rests on the figures; so they are its evidence. */
    private static List<Hypothesis> withFigures(Investigation found, List<String> services, List<String> figures) {
        List<Hypothesis> hypotheses = new ArrayList<>();
        for (Hypothesis hypothesis : found.getHypotheses()) {
            if (hypothesis.getCauseClass() != CauseClass.NO_CULPRIT) {
                hypotheses.add(hypothesis);
                continue;
            }
            List<Claim> claims = new ArrayList<>(hypothesis.getEvidenceFor());
            for (int i = 0; i < services.size(); i++) {
                claims.add(new Claim(figures.get(i), minutesOf(found, services.get(i))));
            }
            hypotheses.add(
                    Hypothesis.newBuilder(hypothesis).setEvidenceFor(claims).build());
        }
        return hypotheses;
    }

    private static List<String> minutesOf(Investigation found, String service) {
        return found.getEvidence().stream()
                .filter(item -> item.getKind() == EvidenceKind.ROLLUP && item.getSubject() != null)
                .filter(item -> ServiceKey.of(item.getSubject()).toString().equals(service))
                .map(EvidenceItem::getId)
                .toList();
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
