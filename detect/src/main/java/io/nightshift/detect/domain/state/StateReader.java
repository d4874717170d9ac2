package io.nightshift.detect.domain.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads what {@link StateWriter} wrote. */
public final class StateReader {

    private final ByteBuffer buffer;

    public StateReader(byte[] bytes) {
        buffer = ByteBuffer.wrap(bytes);
    }

    public int int8() {
        return buffer.get();
    }

    public int int32() {
        return buffer.getInt();
    }

    public long int64() {
        return buffer.getLong();
    }

    public float float32() {
        return buffer.getFloat();
    }

    public double float64() {
        return buffer.getDouble();
    }

    public boolean flag() {
        return buffer.get() != 0;
    }

    public String text() {
        int length = buffer.getInt();
        if (length < 0) {
            return null;
        }
        byte[] utf8 = new byte[length];
        buffer.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    public byte[] bytes() {
        byte[] value = new byte[buffer.getInt()];
        buffer.get(value);
        return value;
    }

    /** Reads floats into the front of an array that has room for them and returns how many there were. */
    public int floats(float[] into) {
        int count = buffer.getInt();
        for (int i = 0; i < count; i++) {
            into[i] = buffer.getFloat();
        }
        return count;
    }
}
