package io.nightshift.investigate.domain.measure;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a system shows while nothing is wrong with it, each kind of evidence for itself. Where the processors are busy now and
 * then, only much of that is news, and yet a few requests that go astray are news at once: one bar for the sum of all would be
 * set by the kind that is the noisiest.
 */
public final class Ordinary {

    /** Fewer normal windows than this are no quantile: then everything is news. */
    public static final int ENOUGH = 20;

    private static final double QUANTILE = 0.95;

    private final Map<SignKind, Double> bars = new EnumMap<>(SignKind.class);
    private final double silence;

    private Ordinary(Collection<Ranked> normal) {
        if (normal.size() < ENOUGH) {
            silence = 0;
            return;
        }
        for (SignKind kind : SignKind.values()) {
            bars.put(
                    kind,
                    bar(normal.stream()
                            .mapToDouble(window -> most(window, kind))
                            .toArray()));
        }
        silence = bar(normal.stream().mapToDouble(this::news).toArray());
    }

    /** From rankings of windows in which nothing was wrong. */
    public static Ordinary of(Collection<Ranked> normal) {
        return new Ordinary(normal);
    }

    /** Whether a window shows more than 95 % of the normal ones. Without enough of those, whether it shows anything. */
    public boolean isPassedBy(Ranked window) {
        return news(window) > silence;
    }

    /** How sure a window's first place is, 0 to 1, by what is news alone. */
    public double confidence(Ranked window) {
        List<Double> news = window.scores().stream().map(this::news).toList();
        return news.isEmpty() ? 0 : ScoringRule.confidence(news.get(0), news, silence);
    }

    private double news(Ranked window) {
        return window.scores().stream().mapToDouble(this::news).max().orElse(0);
    }

    /** Strength of all kinds together, of each only what passes its own bar. */
    private double news(Ranked.Score score) {
        Map<SignKind, Double> beyond = new EnumMap<>(SignKind.class);
        score.parts()
                .forEach((kind, strength) -> beyond.put(kind, Math.max(0, strength - bars.getOrDefault(kind, 0.0))));
        return ScoringRule.score(beyond);
    }

    private static double most(Ranked window, SignKind kind) {
        return window.scores().stream()
                .mapToDouble(score -> score.parts().getOrDefault(kind, 0.0))
                .max()
                .orElse(0);
    }

    /** What 95 % stay below. */
    private static double bar(double[] values) {
        double[] sorted = Quantiles.sorted(values);
        return sorted[(int) Math.min(sorted.length - 1.0, Math.ceil(QUANTILE * sorted.length))];
    }
}
