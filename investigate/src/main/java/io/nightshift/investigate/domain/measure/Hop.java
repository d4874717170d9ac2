package io.nightshift.investigate.domain.measure;

/**
 * One call over the network.
 *
 * @param caller entity that called
 * @param callee entity that was called
 * @param millis duration that the client saw less what the server needed
 */
public record Hop(String caller, String callee, double millis) {}
