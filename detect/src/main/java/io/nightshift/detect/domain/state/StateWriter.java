package io.nightshift.detect.domain.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes detector state as plain bytes, big-endian. {@link StateReader} reads it back in the same order. */
public final class StateWriter {

    private byte[] bytes = new byte[512];
    private int length;

    public StateWriter int8(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    public StateWriter int32(int value) {
        room(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    public StateWriter int64(long value) {
        return int32((int) (value >>> 32)).int32((int) value);
    }

    public StateWriter float32(float value) {
        return int32(Float.floatToRawIntBits(value));
    }

    public StateWriter float64(double value) {
        return int64(Double.doubleToRawLongBits(value));
    }

    public StateWriter flag(boolean value) {
        return int8(value ? 1 : 0);
    }

    /** A text, null included. */
    public StateWriter text(String value) {
        if (value == null) {
            return int32(-1);
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        int32(utf8.length);
        room(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
        return this;
    }

    public StateWriter bytes(byte[] value) {
        int32(value.length);
        room(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    public StateWriter floats(float[] values, int count) {
        int32(count);
        for (int i = 0; i < count; i++) {
            float32(values[i]);
        }
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
