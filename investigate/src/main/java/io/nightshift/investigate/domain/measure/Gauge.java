package io.nightshift.investigate.domain.measure;

/**
 * Raw values of one resource of an entity around an onset; not-a-number where a value is missing.
 *
 * @param entity service, instance or component
 * @param kind which resource; one of the kinds that are judged by how far they rose
 * @param before values of the long baseline, in the metric's unit
 * @param after values from the onset on, same unit
 */
public record Gauge(String entity, SignKind kind, double[] before, double[] after) {}
