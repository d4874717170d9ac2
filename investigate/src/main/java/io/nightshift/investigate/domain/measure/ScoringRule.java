package io.nightshift.investigate.domain.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one rule by which evidence becomes a score: weight of the kind × the entity's share of the kind's volume ×
 * significance, summed over the kinds. Share alone and significance alone were clearly worse in the search that the weights
 * come from, and so was the greatest part instead of the sum.
 *
 * <p>A share is one of all that the kind shows, and of what it shows on an ordinary day: the only edge that is two
 * milliseconds slower is no culprit in a system that wobbles by fifty.
 */
public final class ScoringRule {

    /** A kind of evidence that is nearly all explained must not become a full share of what little is left. */
    private static final double AT_LEAST = 0.5;

    /** Where evidence becomes surprising at all, and how slowly it saturates. */
    private static final double UNSURPRISING = 3;

    private static final double HALF = 4;

    private ScoringRule() {}

    /** Weighted strength of each kind for each entity that shows any, entities in order of name. */
    public static Map<String, Map<SignKind, Double>> parts(Collection<Measured> measured) {
        Map<SignKind, List<Double>> own = new EnumMap<>(SignKind.class);
        Map<SignKind, List<Double>> raw = new EnumMap<>(SignKind.class);
        Map<SignKind, List<Double>> wobble = new EnumMap<>(SignKind.class);
        for (Measured one : measured) {
            wobble.computeIfAbsent(one.kind(), any -> new ArrayList<>())
                    .add(one.raw().wobble() * one.raw().wobble());
            own.computeIfAbsent(one.kind(), any -> new ArrayList<>()).add(one.own());
            raw.computeIfAbsent(one.kind(), any -> new ArrayList<>())
                    .add(one.raw().volume());
        }
        Map<SignKind, Double> totals = new HashMap<>();
        own.forEach((kind, volumes) -> totals.put(
                kind,
                Math.max(inOrder(volumes), AT_LEAST * inOrder(raw.get(kind))) + Math.sqrt(inOrder(wobble.get(kind)))));
        Map<String, Map<SignKind, Double>> parts = new TreeMap<>();
        for (Measured one : measured) {
            double strength = one.own() <= 0
                    ? 0
                    : one.kind().weight()
                            * one.own()
                            / totals.get(one.kind())
                            * surprise(one.raw().significance());
            if (strength > 0) {
                parts.computeIfAbsent(one.entity(), any -> new EnumMap<>(SignKind.class))
                        .merge(one.kind(), strength, Double::sum);
            }
        }
        return parts;
    }

    /** Sum of an entity's parts. */
    public static double score(Map<SignKind, Double> parts) {
        // Summed in the order of the kinds: a map's order would differ in the last bits from run to run.
        double sum = 0;
        for (SignKind kind : SignKind.values()) {
            sum += parts.getOrDefault(kind, 0.0);
        }
        return sum;
    }

    /** Significance, squeezed into 0 to 1: g/(g+4) with g = ln(1 + max(0, z − 3)). */
    public static double surprise(double significance) {
        double g = Math.log1p(Math.max(0, significance - UNSURPRISING));
        return g / (g + HALF);
    }

    /**
     * Probability that the answer with a score is right: its share of the squared scores, of all answers and of silence. A
     * clear lead gives certainty, many alike give little, and nothing is sure that hardly passes what silence is worth.
     */
    public static double confidence(double score, Collection<Double> all, double silence) {
        double squares = all.stream().mapToDouble(one -> one * one).sorted().sum() + silence * silence;
        return squares > 0 ? score * score / squares : 0;
    }

    private static double inOrder(List<Double> volumes) {
        return volumes.stream().mapToDouble(Double::doubleValue).sorted().sum();
    }
}
