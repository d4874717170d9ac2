package io.nightshift.bench.learn;

/** What was seen of one season, by incident. */
final class Tally {

    private final boolean[] withoutAPerson;
    private final boolean[] harmful;
    private final double[] minutes;
    private int widenedWithoutApproval;
    private int promotions;

    Tally(int incidents) {
        withoutAPerson = new boolean[incidents];
        harmful = new boolean[incidents];
        minutes = new double[incidents];
    }

    /**
     * @param alone whether it was resolved and nobody was asked
     * @param harm whether what was carried out did harm, approved or not
     * @param recovery minutes until the trouble was over
     */
    void add(int incident, boolean alone, boolean harm, double recovery) {
        withoutAPerson[incident] = alone;
        harmful[incident] = harm;
        minutes[incident] = recovery;
    }

    void widenedWithoutApproval() {
        widenedWithoutApproval++;
    }

    void promoted() {
        promotions++;
    }

    int widened() {
        return widenedWithoutApproval;
    }

    int promotions() {
        return promotions;
    }

    int incidents() {
        return minutes.length;
    }

    /** Share resolved without a person, of the incidents from {@code from} to before {@code to}. */
    double share(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += withoutAPerson[i] ? 1 : 0;
        }
        return (double) count / (to - from);
    }

    int harms(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += harmful[i] ? 1 : 0;
        }
        return count;
    }

    /** Mean minutes to recovery. */
    double recovery(int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += minutes[i];
        }
        return sum / (to - from);
    }
}
