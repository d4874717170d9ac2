package io.nightshift.investigate.domain.measure;

/**
 * What clients of an edge waited beyond what its servers needed, minute by minute.
 *
 * @param caller entity that called
 * @param callee entity that was called
 * @param before milliseconds in the long baseline
 * @param after milliseconds from the onset on
 */
public record EdgeTimes(String caller, String callee, double[] before, double[] after) {}
