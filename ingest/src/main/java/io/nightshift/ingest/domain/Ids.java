package io.nightshift.ingest.domain;

import com.google.protobuf.ByteString;

/** Trace and span ids as lower-case hex digits. */
final class Ids {
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;
    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private Ids() {}

    /** Null when it is not 16 bytes or all of them are zero, which W3C Trace Context calls invalid. */
    static String trace(ByteString id) {
        return hex(id, TRACE_BYTES);
    }

    /** Null when it is not 8 bytes or all of them are zero. */
    static String span(ByteString id) {
        return hex(id, SPAN_BYTES);
    }

    private static String hex(ByteString id, int length) {
        if (id.size() != length) {
            return null;
        }
        char[] hex = new char[length * 2];
        int any = 0;
        for (int i = 0; i < length; i++) {
            int b = id.byteAt(i) & 0xff;
            any |= b;
            hex[2 * i] = DIGITS[b >>> 4];
            hex[2 * i + 1] = DIGITS[b & 15];
        }
        return any == 0 ? null : new String(hex);
    }
}
