package io.nightshift.ingest.http;

import io.nightshift.ingest.domain.Refused;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a body, decompressed, and never more of it than allowed, before as after decompression, nor for longer. Patience
 * is for the whole body and not a rate: a sender that is choking sends slowly, and is the one to hear.
 */
final class BoundedBody {
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final int limitBytes;
    private final LongSupplier nanoTime;

    /** @param nanoTime a clock that only goes forward, nanoseconds */
    BoundedBody(int limitBytes, LongSupplier nanoTime) {
        this.limitBytes = limitBytes;
        this.nanoTime = nanoTime;
    }

    /**
     * @param encoding value of Content-Encoding; empty, identity or gzip
     * @throws Refused when it is too large, encoded otherwise, or not what it says
     */
    byte[] read(InputStream raw, String encoding) throws IOException {
        try {
            InputStream body = decoded(new Counting(raw), encoding);
            byte[] bytes = body.readNBytes(limitBytes);
            if (body.read() >= 0) {
                throw Refused.tooLarge(limitBytes);
            }
            return bytes;
        } catch (ZipException | EOFException e) {
            throw Refused.malformed("Content-Encoding says gzip, but the body is not whole gzip: " + e.getMessage());
        }
    }

    private InputStream decoded(InputStream raw, String encoding) throws IOException {
        switch (encoding.trim().toLowerCase(Locale.ROOT)) {
            case "":
            case "identity":
                return raw;
            case "gzip":
                return new GZIPInputStream(raw, Math.min(limitBytes, 64 * 1024));
            default:
                throw Refused.unsupported("Content-Encoding '" + encoding + "' is not taken; send gzip or none");
        }
    }

    /** Bounds the compressed side too: empty gzip members inflate to nothing, for ever. */
    private final class Counting extends FilterInputStream {
        private final long begun = nanoTime.getAsLong();
        private long seen;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = in.read(buffer, offset, length);
            count(Math.max(0, n));
            return n;
        }

        private void count(int n) {
            seen += n;
            if (seen > limitBytes) {
                throw Refused.tooLarge(limitBytes);
            }
            if (nanoTime.getAsLong() - begun > PATIENCE_NANOS) {
                throw Refused.malformed("the body did not arrive within 30 s");
            }
        }
    }
}
