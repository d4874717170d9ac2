package io.nightshift.shop.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The counters that a HotSpot JVM keeps in a memory-mapped file of its own (what {@code jstat} reads). Reading them
 * needs nothing from the observed process, so it works when that process can do nothing any more. Format: version 2.0,
 * {@code perfMemory.hpp} and {@code sun.jvmstat.perfdata.monitor.v2_0} of OpenJDK.
 */
public final class PerfData {
    private static final int MAGIC = 0xcafec0c0;
    private static final int BYTE_ORDER_AT = 4;
    private static final int MAJOR_VERSION_AT = 5;
    private static final int FIRST_ENTRY_AT = 24;
    private static final int ENTRY_COUNT_AT = 28;

    private final Map<String, Long> counters;

    private PerfData(Map<String, Long> counters) {
        this.counters = counters;
    }

    /** The counters of a process of the same user on this machine. */
    public static PerfData of(long pid) throws IOException {
        return parse(Files.readAllBytes(file(pid)));
    }

    private static Path file(long pid) throws IOException {
        // on Linux HotSpot ignores java.io.tmpdir here
        Path folder = Path.of(
                System.getProperty("os.name").startsWith("Linux") ? "/tmp" : System.getProperty("java.io.tmpdir"));
        try (Stream<Path> users = Files.list(folder)) {
            Optional<Path> file = users.filter(u -> u.getFileName().toString().startsWith("hsperfdata_"))
                    .map(u -> u.resolve(String.valueOf(pid)))
                    .filter(Files::isReadable)
                    .findFirst();
            return file.orElseThrow(() -> new IOException("process " + pid + " publishes no performance counters"));
        }
    }

    static PerfData parse(byte[] bytes) throws IOException {
        if (bytes.length < 32 || ByteBuffer.wrap(bytes).getInt() != MAGIC || bytes[MAJOR_VERSION_AT] != 2) {
            throw new IOException("not performance counters of version 2");
        }
        ByteBuffer data = ByteBuffer.wrap(bytes)
                .order(bytes[BYTE_ORDER_AT] == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        Map<String, Long> counters = new HashMap<>();
        int at = data.getInt(FIRST_ENTRY_AT);
        for (int entry = 0; entry < data.getInt(ENTRY_COUNT_AT) && at + 20 <= bytes.length; entry++) {
            int length = data.getInt(at);
            boolean isNumber = data.get(at + 12) == 'J' && data.getInt(at + 8) == 0;
            if (length <= 0 || at + length > bytes.length) {
                throw new IOException("broken performance counters");
            }
            if (isNumber) {
                counters.put(text(bytes, at + data.getInt(at + 4)), data.getLong(at + data.getInt(at + 16)));
            }
            at += length;
        }
        return new PerfData(counters);
    }

    private static String text(byte[] bytes, int from) {
        int to = from;
        while (to < bytes.length && bytes[to] != 0) {
            to++;
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    public long counter(String name) throws IOException {
        Long value = counters.get(name);
        if (value == null) {
            throw new IOException("no counter " + name);
        }
        return value;
    }
}
