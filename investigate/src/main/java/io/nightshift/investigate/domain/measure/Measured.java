package io.nightshift.investigate.domain.measure;

/**
 * How much of one kind of evidence an entity shows.
 *
 * @param entity service, instance or component
 * @param kind kind of evidence
 * @param raw all that it shows
 * @param own what of the volume its callees don't explain, 0 up to the raw volume
 */
public record Measured(String entity, SignKind kind, Excess raw, double own) {

    static Measured all(String entity, SignKind kind, Excess excess) {
        return new Measured(entity, kind, excess, excess.volume());
    }
}
