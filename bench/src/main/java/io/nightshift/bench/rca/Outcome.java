package io.nightshift.bench.rca;

/**
 * What the ranker made of one fault.
 *
 * @param trouble the fault
 * @param place of the true cause, 1 being the first
 * @param naivePlace of the true cause by the naive baseline
 * @param score of the first place
 * @param confidence of the first place, 0 to 1
 * @param spoken whether the score passes the system's own threshold
 * @param sameRenamed whether other names in another order gave the same ranking
 * @param millis time to rank
 */
record Outcome(
        Trouble trouble,
        int place,
        int naivePlace,
        double score,
        double confidence,
        boolean spoken,
        boolean sameRenamed,
        double millis) {

    boolean within(int first) {
        return place <= first;
    }
}
