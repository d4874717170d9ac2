package io.nightshift.ingest.domain;

/** Times from outside. OTLP's are unsigned nanoseconds since the epoch, 0 when unknown. */
final class Times {
    private Times() {}

    /** Microseconds since the epoch; the fallback when unknown. A value past the signed range is far in the future. */
    static long micros(long unsignedNanos, long fallbackMicros) {
        return unsignedNanos == 0 ? fallbackMicros : Long.divideUnsigned(unsignedNanos, 1000);
    }

    static boolean isFarAhead(long micros, long nowMicros, Limits limits) {
        return micros > nowMicros + limits.aheadMicros();
    }
}
