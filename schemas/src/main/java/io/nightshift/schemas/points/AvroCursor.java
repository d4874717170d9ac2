package io.nightshift.schemas.points;

import java.nio.charset.StandardCharsets;

/**
 * Walks over Avro binary by hand. A generic or specific reader makes an object of every field; this one makes none that the
 * caller does not ask for, which is most of the cost of reading telemetry. See the Avro 1.12 specification, "Binary
 * Encoding".
 */
final class AvroCursor {

    private final byte[] bytes;
    private int at;

    AvroCursor(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    int position() {
        return at;
    }

    /** A zigzag number of up to ten bytes; {@code int} and enum indices are written the same way. */
    long number() {
        long raw = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = next();
            raw |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return raw >>> 1 ^ -(raw & 1);
            }
        }
        throw new MalformedPointsException("a number is longer than ten bytes");
    }

    boolean flag() {
        return next() != 0;
    }

    double float64() {
        require(8);
        long bits = 0;
        for (int i = 7; i >= 0; i--) {
            bits = bits << 8 | bytes[at + i] & 0xff;
        }
        at += 8;
        return Double.longBitsToDouble(bits);
    }

    String text() {
        int length = length();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    void skipText() {
        int length = length();
        at += length;
    }

    /** Whether the value of a union of null and one type is there. */
    boolean present() {
        long branch = number();
        if (branch != 0 && branch != 1) {
            throw new MalformedPointsException("branch " + branch + " of a union of two");
        }
        return branch == 1;
    }

    /**
     * Items in the next block of an array or map, 0 at its end. An item takes at least one byte, so that a count can't make
     * anybody allocate more than a small multiple of the record.
     */
    int block() {
        long count = number();
        if (count < 0) {
            count = -count;
            number(); // the block's size in bytes, for those who skip it
        }
        if (count < 0 || count > bytes.length - at) {
            throw new MalformedPointsException("a block of " + count + " items in " + (bytes.length - at) + " bytes");
        }
        return (int) count;
    }

    private int length() {
        long length = number();
        if (length < 0) {
            throw new MalformedPointsException("a text of " + length + " bytes");
        }
        require(length);
        return (int) length;
    }

    private byte next() {
        require(1);
        return bytes[at++];
    }

    private void require(long more) {
        if (more > bytes.length - at) {
            throw new MalformedPointsException("the record ends too early");
        }
    }
}
