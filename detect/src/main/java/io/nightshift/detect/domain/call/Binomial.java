package io.nightshift.detect.domain.call;

/** Tail of the binomial distribution, exact enough for small probabilities. */
public final class Binomial {

    private Binomial() {}

    /** Natural logarithm of P(X ≥ k) for X of {@code n} trials with probability {@code p} each; 0 when k is 0 or less. */
    public static double logTail(int k, int n, double p) {
        if (k <= n * p || k <= 0) {
            return 0;
        }
        double term =
                logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p);
        double sum = 1;
        double ratio = 1;
        for (int i = k; i < n && ratio > 1e-9; i++) {
            ratio *= (double) (n - i) / (i + 1) * p / (1 - p);
            sum += ratio;
        }
        return Math.min(0, term + Math.log(sum));
    }

    /** Stirling's series, shifted: error below 1e-9 for x ≥ 1. */
    private static double logGamma(double x) {
        double shift = 0;
        double y = x;
        while (y < 8) {
            shift -= Math.log(y);
            y++;
        }
        double inverse = 1 / (y * y);
        return shift
                + (y - 0.5) * Math.log(y)
                - y
                + 0.9189385332046727
                + (1.0 / 12 - inverse * (1.0 / 360 - inverse / 1260)) / y;
    }
}
