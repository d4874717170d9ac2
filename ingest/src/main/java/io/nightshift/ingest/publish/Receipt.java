package io.nightshift.ingest.publish;

/**
 * What the sender is told.
 *
 * @param published items that are in Kafka
 * @param rejected items that were set aside or left out for a reason worth telling
 * @param reasons those reasons in words; empty when nothing was rejected
 */
public record Receipt(int published, int rejected, String reasons) {}
