package io.nightshift.bench.nab;

/** What detections are worth to somebody: the weights of a cost matrix of NAB's profiles. */
record Profile(double truePositive, double falsePositive, double falseNegative) {

    static final Profile STANDARD = new Profile(1, 0.11, 1);
    static final Profile LOW_FALSE_POSITIVES = new Profile(1, 0.22, 1);
    static final Profile LOW_FALSE_NEGATIVES = new Profile(1, 0.11, 2);
}
