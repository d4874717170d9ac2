package io.nightshift.schemas.points;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A 64-bit hash over bytes by multiplying and folding 128-bit products, as in wyhash (Wang Yi, 2019). Seeded anew in each
 * process, for names of series come from outside: nobody can prepare two that meet.
 */
final class SeriesHash {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SEED = ThreadLocalRandom.current().nextLong();
    private static final long K0 = 0xa0761d6478bd642fL;
    private static final long K1 = 0xe7037ed1a0b428dbL;

    private SeriesHash() {}

    static long of(byte[] bytes, int from, int to) {
        long hash = SEED ^ fold(to - from ^ K0, K1);
        int at = from;
        for (; at + 16 <= to; at += 16) {
            hash = fold((long) LONG.get(bytes, at) ^ K1, (long) LONG.get(bytes, at + 8) ^ hash);
        }
        if (at + 8 <= to) {
            hash = fold((long) LONG.get(bytes, at) ^ K1, hash);
            at += 8;
        }
        long rest = 0;
        for (; at < to; at++) {
            rest = rest << 8 | bytes[at] & 0xff;
        }
        return fold(hash ^ K0, rest ^ SEED ^ K1);
    }

    private static long fold(long a, long b) {
        return Math.multiplyHigh(a, b) ^ a * b;
    }
}
