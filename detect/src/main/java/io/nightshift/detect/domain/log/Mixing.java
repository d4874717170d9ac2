package io.nightshift.detect.domain.log;

/**
 * Hashes of tokens and lines. A line's signature is the sum of its tokens' hashes, each mixed with its position, so that "the
 * signature without token i" costs one subtraction.
 */
final class Mixing {

    static final long VALUE = mix(0x5bd1e995L);
    static final long WORD = mix(0x7f4a7c15L);
    private static final long POSITION = 0x9E3779B97F4A7C15L;

    private Mixing() {}

    /** The finaliser of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). */
    static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    /** What a token adds to the signature at this position. */
    static long part(long hash, int position) {
        return mix(hash + (position + 1) * POSITION);
    }

    /** What a variable adds there. */
    static long valuePart(int position) {
        return part(VALUE, position);
    }

    static long mark(char c) {
        return mix(c * 0x100000001B3L);
    }

    static long text(char[] chars, int from, int to) {
        long h = 7;
        for (int i = from; i < to; i++) {
            h = 31 * h + chars[i];
        }
        return mix(h);
    }
}
