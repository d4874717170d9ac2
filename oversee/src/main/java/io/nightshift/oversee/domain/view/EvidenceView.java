package io.nightshift.oversee.domain.view;

import java.util.List;

/**
 * An anomaly with its proof, ready to be drawn. Times are milliseconds since the epoch.
 *
 * @param subject service or edge, with the instance where it is one alone
 * @param name what was judged
 * @param unit unit of values, band and limit
 * @param severity how far beyond the band, 1 being the alarm threshold
 * @param clearedAt null while it is open
 * @param times parallel to values, lower and upper; empty when the proof is no series
 * @param values null where not a number
 * @param lower lower end of the expected band, null where not known
 * @param upper upper end of the expected band, null where not known
 * @param limit capacity, or null
 * @param facts the proof in words: a log template with its rates, a silence, a forecast
 * @param exemplars masked log lines or trace ids
 */
public record EvidenceView(
        String anomalyId,
        String subject,
        String signal,
        String kind,
        String name,
        String unit,
        double severity,
        long onset,
        long detectedAt,
        Long clearedAt,
        String sentence,
        List<Long> times,
        List<Double> values,
        List<Double> lower,
        List<Double> upper,
        Double limit,
        List<String> facts,
        List<String> exemplars) {}
