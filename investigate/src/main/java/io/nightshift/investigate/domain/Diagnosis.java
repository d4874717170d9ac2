package io.nightshift.investigate.domain;

import io.nightshift.events.EvidenceItem;
import java.util.List;

/**
 * What the deterministic investigator concluded, and what it rests on; a model starts from here.
 *
 * @param subject what was looked at
 * @param evidence the pack, most telling first
 * @param ranking ranked causes
 * @param answer what to do about the first
 */
public record Diagnosis(Case subject, List<EvidenceItem> evidence, Ranking ranking, Answer answer) {

    public Diagnosis {
        evidence = List.copyOf(evidence);
    }

    public static Diagnosis of(Case subject, List<EvidenceItem> evidence, double threshold) {
        Ranking ranking = CausalRanker.rank(subject);
        return new Diagnosis(
                subject, evidence, ranking, RemedyChoice.choose(subject, ranking, ranking.best(), threshold));
    }

    /** The same with that of its evidence which is reasoned upon. */
    public Diagnosis restingOn(List<EvidenceItem> chosen) {
        return new Diagnosis(subject, chosen, ranking, answer);
    }
}
