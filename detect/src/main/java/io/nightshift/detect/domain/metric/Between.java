package io.nightshift.detect.domain.metric;

/**
 * What a series keeps between two judgements when points come faster than they are judged, or faster than minutes end. Most
 * series don't, and have none.
 */
final class Between {

    private double sum;
    private int count;
    /** Number of the five seconds that the sum is of; -1 when it is of none. */
    private long bucket = -1;

    private long arrivalMicros;
    private long judgedMicros;
    /** Null while the minute had one point at most. */
    private MinuteOfPoints minute;

    /**
     * Begins where a series had none until now.
     *
     * @param lastMicros when its last point came and was judged; 0 when there was none
     */
    Between(long lastMicros) {
        arrivalMicros = lastMicros;
        judgedMicros = lastMicros;
    }

    boolean isOf(long otherBucket) {
        return bucket < 0 || bucket == otherBucket;
    }

    long bucket() {
        return bucket;
    }

    boolean isEmpty() {
        return count == 0;
    }

    double mean() {
        return sum / count;
    }

    void add(long toBucket, double value) {
        bucket = toBucket;
        sum += value;
        count++;
    }

    void empty() {
        sum = 0;
        count = 0;
        bucket = -1;
    }

    /** When the last point came that had a value; 0 when none did. */
    long arrivalMicros() {
        return arrivalMicros;
    }

    void arrived(long micros) {
        arrivalMicros = micros;
    }

    /** Time of the last point that was judged; 0 when none was. */
    long judgedMicros() {
        return judgedMicros;
    }

    void judged(long micros) {
        judgedMicros = micros;
    }

    MinuteOfPoints minute() {
        return minute;
    }

    void minute(MinuteOfPoints of) {
        minute = of;
    }

    /** Whether a series whose last point came then could do without this. */
    boolean isNeedless(long lastMicros) {
        return count == 0 && minute == null && arrivalMicros == lastMicros && judgedMicros == lastMicros;
    }
}
