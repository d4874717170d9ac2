package io.nightshift.oversee.domain.view;

import java.util.List;

/**
 * One moment of an incident.
 *
 * @param at milliseconds since the epoch
 * @param kind what happened: anomaly, cleared, incident, investigation, policy, person, act, verify, learned
 * @param tone how it reads: bad, warn, good, person or calm
 * @param text one sentence
 * @param details further lines, such as rules, steps and probes
 */
public record TimelineEntry(long at, String kind, String tone, String text, List<String> details) {}
