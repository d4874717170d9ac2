package io.nightshift.investigate.domain.measure;

/**
 * Raw requests of an entity, interval by interval, around an onset.
 *
 * @param entity service, instance or component
 * @param before the long baseline
 * @param justBefore the last intervals that end before the onset; may be empty
 * @param after intervals from the onset on
 */
public record Requests(String entity, Intervals before, Intervals justBefore, Intervals after) {

    /**
     * Parallel arrays, one value an interval; not-a-number where unknown.
     *
     * @param counts requests
     * @param errors failed requests
     * @param durations typical duration in any unit that all entities share
     */
    public record Intervals(double[] counts, double[] errors, double[] durations) {

        public static final Intervals NONE = new Intervals(new double[0], new double[0], new double[0]);

        /** Requests an interval; 0 when unknown. */
        double rate() {
            return Quantiles.known(counts).length == 0 ? 0 : total(counts) / Quantiles.known(counts).length;
        }

        /** Requests and failures of the intervals in which both are known. */
        ErrorRatio errorRatio() {
            double requests = 0;
            double failed = 0;
            for (int i = 0; i < counts.length; i++) {
                if (Double.isFinite(counts[i]) && Double.isFinite(errors[i])) {
                    requests += counts[i];
                    failed += errors[i];
                }
            }
            return new ErrorRatio(failed, requests);
        }

        /** Share of failures of each interval. */
        double[] errorRatios() {
            double[] ratios = new double[counts.length];
            for (int i = 0; i < ratios.length; i++) {
                ratios[i] = counts[i] > 0 ? errors[i] / counts[i] : Double.NaN;
            }
            return ratios;
        }

        private static double total(double[] values) {
            double total = 0;
            for (double value : values) {
                total += Double.isFinite(value) ? value : 0;
            }
            return total;
        }
    }
}
