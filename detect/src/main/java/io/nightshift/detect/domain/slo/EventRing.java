package io.nightshift.detect.domain.slo;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import java.util.Arrays;

/**
 * Bad and all events in buckets of equal length, the newest so many. A window is the newest bucket, which is still being
 * filled, and so many whole ones before it: it is up to one bucket longer than it says.
 */
final class EventRing {

    private final long bucketMicros;
    private final double[] bad;
    private final double[] total;
    private long head;

    /** @param windows greatest number of whole buckets in a window */
    EventRing(long bucketMicros, int windows) {
        this.bucketMicros = bucketMicros;
        bad = new double[windows + 1];
        total = new double[windows + 1];
    }

    /** Moves on to the bucket of this time; the oldest ones fall out. */
    void advance(long micros) {
        long bucket = micros / bucketMicros;
        if (bucket - head >= bad.length) {
            Arrays.fill(bad, 0);
            Arrays.fill(total, 0);
        } else {
            for (long next = head + 1; next <= bucket; next++) {
                bad[slot(next)] = 0;
                total[slot(next)] = 0;
            }
        }
        head = Math.max(head, bucket);
    }

    /** Counts events of a time that is not after the newest; what is older than the ring is left out. */
    void add(long micros, double badEvents, double events) {
        long bucket = Math.min(head, micros / bucketMicros);
        if (bucket > head - bad.length) {
            bad[slot(bucket)] += badEvents;
            total[slot(bucket)] += events;
        }
    }

    /**
     * @param buckets whole buckets
     * @param withNewest whether the one that is being filled counts
     */
    Sum sum(int buckets, boolean withNewest) {
        double badEvents = 0;
        double events = 0;
        for (long bucket = withNewest ? head : head - 1; bucket >= head - buckets; bucket--) {
            badEvents += bad[slot(bucket)];
            events += total[slot(bucket)];
        }
        return new Sum(Math.max(0, Math.min(badEvents, events)), events);
    }

    /** Start of the earliest of the newest buckets in which more than this share was bad, with at most two pauses; micros. */
    long burningSince(double share, int buckets) {
        long since = head;
        int pauses = 0;
        for (long bucket = head; bucket >= head - buckets && pauses <= 2; bucket--) {
            int slot = slot(bucket);
            if (total[slot] > 0 && bad[slot] > share * total[slot]) {
                since = bucket;
                pauses = 0;
            } else {
                pauses++;
            }
        }
        return since * bucketMicros;
    }

    private int slot(long bucket) {
        return (int) Math.floorMod(bucket, (long) bad.length);
    }

    /** Empty buckets take one byte. */
    void write(StateWriter out) {
        out.int64(head).int32(bad.length);
        for (int i = 0; i < bad.length; i++) {
            boolean filled = bad[i] != 0 || total[i] != 0;
            out.flag(filled);
            if (filled) {
                out.float32((float) bad[i]).float32((float) total[i]);
            }
        }
    }

    void read(StateReader in) {
        head = in.int64();
        int length = in.int32();
        for (int i = 0; i < length; i++) {
            if (in.flag()) {
                bad[i] = in.float32();
                total[i] = in.float32();
            }
        }
    }

    /** Events of a window. */
    record Sum(double bad, double total) {
        double badShare() {
            return total <= 0 ? 0 : bad / total;
        }
    }
}
