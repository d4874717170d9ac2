package io.nightshift.oversee.domain.view;

import java.util.List;

/**
 * An incident at a glance. Times are milliseconds since the epoch.
 *
 * @param phase open, resolved or merged; unknown while only later stages were heard of
 * @param standing where it stands in words, such as "waits for your decision"
 * @param tone how it reads: bad, warn, good, person or calm
 * @param headline what is wrong and where, such as "memory leak in inventory"; what was seen while no cause is known
 * @param sentence what was seen
 * @param resolvedAt null while it is open
 * @param severity greatest severity among its open anomalies, 1 being the alarm threshold
 * @param rootCause service held to be the cause, or empty
 * @param causeClass class of the cause in words, or empty
 * @param confidence of the first hypothesis, 0 to 1; null without one
 * @param action last action in words, or empty
 * @param recoverySeconds from onset to verified recovery; null until then
 * @param spark values of its most telling series, for a thumbnail; may be empty
 */
public record IncidentCard(
        String id,
        String phase,
        String standing,
        String tone,
        String headline,
        String sentence,
        Long onset,
        Long updatedAt,
        Long resolvedAt,
        boolean pages,
        double severity,
        int anomalies,
        String rootCause,
        String causeClass,
        Double confidence,
        String action,
        Double recoverySeconds,
        List<Double> spark) {}
