package io.nightshift.schemas.signing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * The bytes that a signature covers: each field as length, colon, UTF-8 text; a missing one as a lone dash, which no
 * present field can look like; maps by key. Not Avro bytes: those may differ for equal records, and change with the schema.
 */
final class CanonicalBytes {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Starts with what kind of record it is, so that a signature of one kind never fits another. */
    static CanonicalBytes of(String kind) {
        return new CanonicalBytes().text(kind);
    }

    CanonicalBytes text(String value) {
        if (value == null) {
            bytes.write('-');
            return this;
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes((utf8.length + ":").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(utf8);
        return this;
    }

    /** Milliseconds: the precision at which the record travels. */
    CanonicalBytes time(Instant value) {
        return text(value == null ? null : String.valueOf(value.toEpochMilli()));
    }

    CanonicalBytes map(Map<String, String> values) {
        text(String.valueOf(values.size()));
        new TreeMap<>(values).forEach((key, value) -> text(key).text(value));
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
