package io.nightshift.bench.nab;

/** Looks at one series from its beginning. */
@FunctionalInterface
interface Detector {

    /** Score of the point: the greater the less usual. */
    double accept(long timeMicros, double value);

    /** Makes a detector that has seen nothing. */
    @FunctionalInterface
    interface Maker {
        Detector make();
    }
}
