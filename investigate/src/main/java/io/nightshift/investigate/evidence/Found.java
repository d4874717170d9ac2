package io.nightshift.investigate.evidence;

import io.nightshift.events.RecordRef;

/** A record with the place where anybody can read it again. */
public record Found<V>(V value, RecordRef ref) {}
