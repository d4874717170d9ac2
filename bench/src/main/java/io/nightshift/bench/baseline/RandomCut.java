package io.nightshift.bench.baseline;

import com.amazon.randomcutforest.RandomCutForest;

/** Random Cut Forest (Guha and others, ICML 2016) as Amazon publishes it: 30 trees of 256 points, a fixed seed. */
public final class RandomCut {

    private static final int TREES = 30;
    private static final int POINTS = 256;

    private final RandomCutForest forest;

    public RandomCut(int dimensions) {
        forest = RandomCutForest.builder()
                .dimensions(dimensions)
                .numberOfTrees(TREES)
                .sampleSize(POINTS)
                .randomSeed(1)
                .build();
    }

    /** Scores a point and learns it; 0 until the forest has seen enough. */
    public double accept(float[] point) {
        double score = forest.getAnomalyScore(point);
        forest.update(point);
        return score;
    }
}
