package io.nightshift.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightshift.ingest.domain.Refused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {
    private final AtomicLong nanos = new AtomicLong();

    private byte[] read(byte[] raw, String encoding, int limit) throws IOException {
        return new BoundedBody(limit, nanos::get).read(new ByteArrayInputStream(raw), encoding);
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }

    @Test
    void aBodyOfExactlyTheLimitPassesAndOneByteMoreDoesNot() throws Exception {
        assertThat(read(new byte[100], "", 100)).hasSize(100);
        assertThat(read(gzip(new byte[100]), "gzip", 100)).hasSize(100);
        assertThatThrownBy(() -> read(new byte[101], "identity", 100)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> read(gzip(new byte[101]), "gzip", 100)).isInstanceOf(Refused.class);
    }

    @Test
    void emptyGzipMembersDoNotGoOnForEver() throws Exception {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
            members.write(gzip(new byte[0]));
        }
        assertThatThrownBy(() -> read(members.toByteArray(), "gzip", 1000))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.kind()).isEqualTo(Refused.Kind.TOO_LARGE));
    }

    @Test
    void aTruncatedGzipBodyIsMalformed() throws Exception {
        byte[] whole = gzip(new byte[1000]);
        byte[] half = java.util.Arrays.copyOf(whole, whole.length / 2);
        assertThatThrownBy(() -> read(half, "gzip", 10_000))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.kind()).isEqualTo(Refused.Kind.MALFORMED));
    }

    @Test
    void aBodyThatDripsIsGivenUp() {
        var dripping = new ByteArrayInputStream(new byte[1000]) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                nanos.addAndGet(1_000_000_000);
                return super.read(buffer, offset, 1);
            }
        };
        assertThatThrownBy(() -> new BoundedBody(10_000, nanos::get).read(dripping, ""))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("30 s");
    }
}
