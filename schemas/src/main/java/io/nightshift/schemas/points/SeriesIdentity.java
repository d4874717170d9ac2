package io.nightshift.schemas.points;

import io.nightshift.events.MetricKind;
import java.util.SortedMap;

/**
 * What tells a series from others of its resource.
 *
 * @param unit in UCUM notation, empty when unknown
 * @param monotonic true for sums that only grow between resets
 */
public record SeriesIdentity(
        String name, String unit, MetricKind kind, boolean monotonic, SortedMap<String, String> attributes) {}
