package io.nightshift.investigate.domain.measure;

/**
 * How much more of something there is than before.
 *
 * @param volume in the unit of what was measured, 0 and up
 * @param significance in units comparable to a z-score, 0 and up
 * @param wobble by how much the volume changes on an ordinary day, in the volume's unit; 0 when unknown
 */
public record Excess(double volume, double significance, double wobble) {

    public static final Excess NONE = new Excess(0, 0, 0);

    /** Failures below this share are everyday. */
    private static final double EVERYDAY_ERRORS = 0.002;

    /** Below this nothing is unusual; noise must explain nothing away. */
    private static final double UNUSUAL = 3;

    /** Beyond this share of its usual values something is far off. */
    private static final double TAIL = 0.95;

    public boolean isUnusual() {
        return volume > 0 && significance > UNUSUAL;
    }

    Excess times(double factor) {
        return new Excess(volume * factor, significance, wobble * factor);
    }

    /**
     * Failures beyond those before, from counts: a percentage of availability would make one failed request of two the
     * greatest trouble of all.
     *
     * @param requests requests now
     * @param ratioNow share that fails now
     * @param ratioBefore share that failed before
     */
    public static Excess ofFailures(double requests, double ratioNow, double ratioBefore) {
        double excess = ratioNow - ratioBefore;
        double wobble = Math.sqrt(ratioBefore * Math.max(0, requests) + 1);
        if (!(excess > EVERYDAY_ERRORS) || requests <= 0) {
            return new Excess(0, 0, wobble);
        }
        double failures = excess * requests;
        return new Excess(failures, failures / wobble, wobble);
    }

    /**
     * Rise of the median over the spread before: upward only.
     *
     * @param before long baseline
     * @param justBefore the last values before onset; when there are any, the smaller of both rises counts
     * @param after from the onset on
     */
    public static Excess ofRise(double[] before, double[] justBefore, double[] after) {
        double[] baseline = Quantiles.sorted(before);
        double[] now = Quantiles.sorted(after);
        if (baseline.length < Quantiles.ENOUGH || now.length == 0) {
            return NONE;
        }
        double level = Quantiles.median(now);
        double usual = Quantiles.median(baseline);
        double[] last = Quantiles.sorted(justBefore);
        double reference = last.length == 0 ? usual : Math.max(usual, Quantiles.median(last));
        double rise = level - reference;
        double largest = Math.max(Math.abs(baseline[baseline.length - 1]), Math.abs(now[now.length - 1]));
        double scale = Quantiles.scale(baseline, largest);
        return rise <= 0 ? new Excess(0, 0, scale) : new Excess(rise, rise / scale, scale);
    }

    /**
     * Values far above what was usual, as when a fault slows some calls and spares others, which a median does not show. The
     * volume is their excess, spread over all values.
     */
    static Excess ofTail(double[] before, double[] after) {
        double[] usual = Quantiles.sorted(before);
        double[] now = Quantiles.sorted(after);
        if (usual.length < Quantiles.ENOUGH || now.length == 0) {
            return NONE;
        }
        double scale = Quantiles.scale(usual, usual[usual.length - 1]);
        double far = Math.max(Quantiles.quantile(usual, TAIL), Quantiles.median(usual) + UNUSUAL * scale);
        double shareBefore = (above(usual, far) + 1.0) / (usual.length + 1.0);
        Excess calls = ofFailures(now.length, above(now, far) / now.length, shareBefore);
        double excess = 0;
        for (double value : now) {
            excess += Math.max(0, value - far);
        }
        return new Excess(calls.volume() > 0 ? excess / now.length : 0, calls.significance(), scale);
    }

    /** The more significant one; among equals the one that wobbles more, whichever comes first. */
    static Excess moreSignificant(Excess one, Excess other) {
        int order = Double.compare(one.significance(), other.significance());
        return order > 0 || order == 0 && one.wobble() >= other.wobble() ? one : other;
    }

    private static double above(double[] sorted, double limit) {
        int at = sorted.length;
        while (at > 0 && sorted[at - 1] > limit) {
            at--;
        }
        return sorted.length - at;
    }
}
