package io.nightshift.oversee.domain.view;

/**
 * A step on the way from the first sign to a repair that held.
 *
 * @param name began, noticed, explained, decided, repaired, recovered, held
 * @param label what to call it, which depends on how it went, such as "refused"
 * @param at milliseconds since the epoch; null while it has not happened
 * @param tone bad, warn, good or person; empty while it has not happened
 */
public record Milestone(String name, String label, Long at, String tone) {}
