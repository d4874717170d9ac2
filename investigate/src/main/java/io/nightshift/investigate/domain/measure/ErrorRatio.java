package io.nightshift.investigate.domain.measure;

/**
 * Failed requests among all.
 *
 * @param failed failed requests, 0 and up
 * @param requests all requests
 */
public record ErrorRatio(double failed, double requests) {

    /** Share of failed requests, 0 to 1; 0 when there was no request. */
    public double value() {
        return requests > 0 ? Math.min(1, failed / requests) : 0;
    }
}
