package io.nightshift.bench;

/** Quantiles of what was measured. */
public final class Quantile {

    private Quantile() {}

    /**
     * The least value that so large a share of all does not exceed.
     *
     * @param ascending all values
     * @param share 0 to 1
     * @return not-a-number when there are none
     */
    public static double of(double[] ascending, double share) {
        if (ascending.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * ascending.length);
        return ascending[Math.max(1, rank) - 1];
    }
}
