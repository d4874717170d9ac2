package io.nightshift.detect.domain.time;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What time it is, by the ticks of several writers whose clocks may be wrong. Each writes once a second; time is that of the
 * writers that go with it. One that is more than ten seconds off does not count while another goes with time, so one fast
 * clock among several moves nobody. Time never goes back.
 *
 * <p>When all leap, time leaps: there was a pause. When the last writer that went with time is gone, the lower median of
 * those left decides; one known to be ahead bridges at most ten minutes without its lead, so that the restart of the right
 * one is no leap; behind one that is slow, time stands until it caught up. Of two writers nobody can tell which is right: the
 * one that was there first is believed.
 *
 * <p>The clock waits for a writer's second tick: by then every writer that lives was heard once.
 */
public final class TickClock {

    private static final long APART_MICROS = TimeUnit.SECONDS.toMicros(10);
    /** Ticks come once a second; what moves time by less than this is another writer's tick of the same second. */
    private static final long STEP_MICROS = 900_000;

    private static final int SILENT_TICKS = 5;
    private static final int BRIDGE_TICKS = 600;
    private static final int MAX_WRITERS = 64;

    private static final class Writer {
        long micros;
        long leadMicros;
        int bridged;
        boolean inStep;
        long heardAt;

        long time() {
            return micros - leadMicros;
        }
    }

    private final Map<String, Writer> writers = new LinkedHashMap<>();
    private long ticks;
    private long nowMicros;
    private long toldMicros;

    /** A writer says what time it is, microseconds since the epoch; returns whether time went on by about a second. */
    public boolean hear(String name, long micros) {
        ticks++;
        boolean known = writers.containsKey(name);
        if (!known && writers.size() >= MAX_WRITERS) {
            return false;
        }
        Writer writer = writers.computeIfAbsent(name, n -> new Writer());
        writer.micros = micros;
        writer.heardAt = ticks;
        long silent = (long) SILENT_TICKS * Math.max(1, writers.size() - 1);
        writers.values().removeIf(w -> ticks - w.heardAt > silent);
        if (nowMicros == 0 && !known) {
            return false;
        }
        follow(writer);
        if (nowMicros - toldMicros < STEP_MICROS) {
            return false;
        }
        toldMicros = nowMicros;
        return true;
    }

    private void follow(Writer writer) {
        if (writer.inStep && isNear(writer) && !isBridgeOver(writer)) {
            nowMicros = Math.max(nowMicros, writer.time());
            writers.values().stream().filter(other -> !other.inStep).forEach(other -> compare(other, writer));
            return;
        }
        if (writer.inStep) {
            writer.inStep = false;
            writer.leadMicros = 0;
        }
        if (writers.values().stream().noneMatch(w -> w.inStep)) {
            elect();
        }
    }

    private static void compare(Writer other, Writer right) {
        long lead = other.micros - right.time();
        other.inStep = Math.abs(lead) <= APART_MICROS;
        other.leadMicros = other.inStep ? 0 : Math.max(0, lead);
        other.bridged = 0;
    }

    private void elect() {
        List<Long> times = writers.values().stream().map(Writer::time).sorted().toList();
        nowMicros = Math.max(nowMicros, times.get((times.size() - 1) / 2));
        writers.values().forEach(w -> w.inStep = isNear(w));
    }

    private boolean isNear(Writer writer) {
        return Math.abs(writer.time() - nowMicros) <= APART_MICROS;
    }

    private static boolean isBridgeOver(Writer writer) {
        return writer.leadMicros > 0 && ++writer.bridged > BRIDGE_TICKS;
    }

    /** Greatest time reached, microseconds since the epoch; 0 before the first. */
    public long nowMicros() {
        return nowMicros;
    }

    /** Whether this writer's clock is not believed. */
    public boolean isApart(String name) {
        Writer writer = writers.get(name);
        return nowMicros > 0 && (writer == null || !writer.inStep || writer.leadMicros > 0);
    }
}
