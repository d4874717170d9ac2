package io.nightshift.investigate.domain.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Entities by how much of the evidence is theirs.
 *
 * @param scores best first; entities without evidence are not in it
 */
public record Ranked(List<Score> scores) {

    /**
     * One entity's place.
     *
     * @param entity service, instance or component
     * @param value sum of its parts
     * @param parts weighted strength by kind
     */
    public record Score(String entity, double value, Map<SignKind, Double> parts) {}

    public Ranked {
        scores = List.copyOf(scores);
    }

    /** Ranks what was measured. Equal scores keep the order of names, which says nothing. */
    public static Ranked of(Collection<Measured> measured) {
        List<Score> scores = new ArrayList<>();
        ScoringRule.parts(measured)
                .forEach((entity, parts) -> scores.add(new Score(entity, ScoringRule.score(parts), parts)));
        scores.sort(Comparator.comparingDouble(Score::value).reversed().thenComparing(Score::entity));
        return new Ranked(scores);
    }

    /** Score of the first; 0 when nothing points anywhere. */
    public double top() {
        return scores.isEmpty() ? 0 : scores.get(0).value();
    }

    /**
     * Place of an entity, 1 being the first; entities that score the same share the worst place among them, so that names
     * decide nothing. Empty evidence has no place: {@link Integer#MAX_VALUE}.
     */
    public int place(String entity) {
        double own = scores.stream()
                .filter(score -> score.entity().equals(entity))
                .mapToDouble(Score::value)
                .findFirst()
                .orElse(0);
        return own <= 0
                ? Integer.MAX_VALUE
                : (int) scores.stream().filter(score -> score.value() >= own).count();
    }
}
