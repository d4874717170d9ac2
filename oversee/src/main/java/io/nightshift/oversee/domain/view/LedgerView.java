package io.nightshift.oversee.domain.view;

/**
 * The audit ledger's newest link and what this console checked of it.
 *
 * @param sequence of the newest entry, from 0; -1 when none was seen
 * @param hash of the newest entry, hex
 * @param at time of its source, milliseconds since the epoch; null when none was seen
 * @param checked links whose hash and predecessor this console recomputed
 * @param broken where the chain did not fit; empty when it did
 */
public record LedgerView(long sequence, String hash, Long at, String sentence, long checked, String broken) {}
