package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.MetricKind;
import io.nightshift.schemas.points.SeriesIdentity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * How an instance's metrics are stored: a head, and for each hundred series or so one part with their names, written when one
 * came, and one with their numbers. Names are most of the bytes and hardly ever change; a record of all of it could pass
 * Kafka's limit.
 */
final class StoredMetrics {

    private static final int VERSION = 5;
    private static final int CHUNK = 128;
    private static final String HEAD = "";
    private static final String NAMES = "n";
    private static final String NUMBERS = "v";

    private int namedSeries;
    private int storedChunks;

    /** The series began anew: their names are to be written again. */
    void forgetSeries() {
        namedSeries = 0;
    }

    Map<String, byte[]> take(List<Series> series, Consumer<StateWriter> head) {
        Map<String, byte[]> parts = new HashMap<>();
        StateWriter first = new StateWriter();
        first.int8(VERSION).int32(series.size());
        head.accept(first);
        parts.put(HEAD, first.toBytes());
        int chunks = (series.size() + CHUNK - 1) / CHUNK;
        for (int chunk = 0; chunk < chunks; chunk++) {
            List<Series> part = series.subList(chunk * CHUNK, Math.min(series.size(), (chunk + 1) * CHUNK));
            if (chunk * CHUNK + part.size() > namedSeries) {
                StateWriter names = new StateWriter();
                part.forEach(s -> write(s.identity(), names));
                parts.put(NAMES + chunk, names.toBytes());
            }
            StateWriter numbers = new StateWriter();
            part.forEach(s -> s.write(numbers));
            parts.put(NUMBERS + chunk, numbers.toBytes());
        }
        namedSeries = series.size();
        for (int gone = chunks; gone < storedChunks; gone++) {
            parts.put(NAMES + gone, null);
            parts.put(NUMBERS + gone, null);
        }
        storedChunks = chunks;
        return parts;
    }

    void read(Map<String, byte[]> parts, Consumer<StateReader> head, Function<SeriesIdentity, Series> add) {
        StateReader in = new StateReader(parts.getOrDefault(HEAD, new byte[1]));
        if (in.int8() != VERSION) {
            return;
        }
        int count = in.int32();
        head.accept(in);
        for (int chunk = 0; chunk * CHUNK < count; chunk++) {
            byte[] names = parts.get(NAMES + chunk);
            byte[] numbers = parts.get(NUMBERS + chunk);
            if (names == null || numbers == null) {
                return;
            }
            StateReader name = new StateReader(names);
            StateReader number = new StateReader(numbers);
            for (int s = chunk * CHUNK; s < Math.min(count, (chunk + 1) * CHUNK); s++) {
                add.apply(identity(name)).read(number);
            }
            namedSeries = Math.min(count, (chunk + 1) * CHUNK);
            storedChunks = chunk + 1;
        }
    }

    private static void write(SeriesIdentity identity, StateWriter out) {
        out.text(identity.name())
                .text(identity.unit())
                .text(identity.kind().name())
                .flag(identity.monotonic());
        out.int32(identity.attributes().size());
        identity.attributes().forEach((key, value) -> out.text(key).text(value));
    }

    private static SeriesIdentity identity(StateReader in) {
        String name = in.text();
        String unit = in.text();
        MetricKind kind = MetricKind.valueOf(in.text());
        boolean monotonic = in.flag();
        SortedMap<String, String> attributes = new TreeMap<>();
        for (int left = in.int32(); left > 0; left--) {
            attributes.put(in.text(), in.text());
        }
        return new SeriesIdentity(name, unit, kind, monotonic, attributes);
    }
}
