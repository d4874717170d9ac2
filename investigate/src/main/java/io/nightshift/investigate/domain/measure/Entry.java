package io.nightshift.investigate.domain.measure;

import java.util.Set;

/**
 * One request as one entity served it: the part of a trace from where it enters the entity to where it leaves again.
 *
 * @param id unique among the entries of its window
 * @param parent id of the caller's entry, or null when nobody called or the caller was not seen
 * @param entity who served it
 * @param operation what was asked for
 * @param events operations of spans and templates of log lines within it
 * @param errors those of its events that speak of failure
 */
public record Entry(
        String id, String parent, String entity, String operation, Set<String> events, Set<String> errors) {}
