package io.nightshift.detect.domain.log;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.LogLine;
import io.nightshift.events.RecordRef;
import io.nightshift.runtime.text.SecretMask;
import java.util.ArrayList;
import java.util.List;

/** How often the lines of one template come, and a few of them. */
final class LogHistory {

    private static final int EXEMPLARS = 3;
    private static final int EXEMPLAR_CHARS = 400;

    private int severity;
    private long firstMicros;
    private long lastMicros;
    private long total;
    private int inWindow;
    private int inMinute;
    private float perWindow;
    private int windows;
    private final List<String> exemplars = new ArrayList<>(0);
    final Beat beat = new Beat();
    final Share share = new Share();
    RecordRef seenIn;

    boolean isNew;
    long newMicros;
    boolean bursts;
    int calm;
    long burstMicros;
    int silentWindows;
    /** When it was last heard before it fell silent; 0 while it is not. */
    long silentSince;

    boolean saysShift;

    /** Counts a line; returns whether it is the first of its template. */
    boolean add(LogLine line) {
        boolean first = total == 0;
        if (first || line.getSeverity() > severity) {
            severity = Math.max(severity, LineSeverity.of(line));
        }
        total++;
        inWindow++;
        inMinute++;
        long micros = line.getTimeMicros();
        firstMicros = first ? micros : firstMicros;
        lastMicros = Math.max(lastMicros, micros);
        beat.at(micros);
        // The first, second, fourth ... line: they spread over time, and masking costs. Of harmless lines one, not the
        // first:
        // a stream in which every line is new would be masked in full.
        boolean isTurn = Long.bitCount(total) == 1;
        boolean isTrouble = severity >= LineSeverity.WARN;
        if (isTurn && (isTrouble ? exemplars.size() < EXEMPLARS : exemplars.isEmpty() && total > 1)) {
            String masked = SecretMask.mask(line.getBody(), EXEMPLAR_CHARS);
            if (!exemplars.contains(masked)) {
                exemplars.add(masked);
            }
        }
        return first;
    }

    /** Both are one template from now on. */
    void add(LogHistory other) {
        if (other.total == 0) {
            return;
        }
        isNew = other.isNew && (isNew || total == 0);
        newMicros = total == 0 ? other.newMicros : Math.min(newMicros, other.newMicros);
        severity = Math.max(severity, other.severity);
        firstMicros = total == 0 ? other.firstMicros : Math.min(firstMicros, other.firstMicros);
        lastMicros = Math.max(lastMicros, other.lastMicros);
        total += other.total;
        inWindow += other.inWindow;
        inMinute += other.inMinute;
        perWindow += other.perWindow;
        windows = Math.max(windows, other.windows);
        bursts |= other.bursts;
        burstMicros = Math.max(burstMicros, other.burstMicros);
        beat.forget(other.beat);
        share.add(other.share);
        seenIn = seenIn == null ? other.seenIn : seenIn;
        other.exemplars.stream().limit(EXEMPLARS - exemplars.size()).forEach(exemplars::add);
    }

    /** Ends a window: returns its count and learns from it unless told not to. */
    int closeWindow(boolean learn) {
        int count = inWindow;
        inWindow = 0;
        if (learn) {
            windows++;
            perWindow += Math.max(1f / windows, 1f / 120) * (count - perWindow);
        }
        return count;
    }

    int closeMinute() {
        int count = inMinute;
        inMinute = 0;
        return count;
    }

    int inMinute() {
        return inMinute;
    }

    int severity() {
        return severity;
    }

    long firstMicros() {
        return firstMicros;
    }

    long lastMicros() {
        return lastMicros;
    }

    float perWindow() {
        return perWindow;
    }

    List<String> exemplars() {
        return List.copyOf(exemplars);
    }

    /** Bytes when written, at most. */
    int size() {
        return 120 + exemplars.stream().mapToInt(e -> 4 + 3 * e.length()).sum();
    }

    void write(StateWriter out) {
        out.int32(severity)
                .int64(firstMicros)
                .int64(lastMicros)
                .int64(total)
                .float32(perWindow)
                .int32(windows);
        beat.write(out);
        share.write(out);
        out.int8(exemplars.size());
        exemplars.forEach(out::text);
    }

    void read(StateReader in) {
        severity = in.int32();
        firstMicros = in.int64();
        lastMicros = in.int64();
        total = in.int64();
        perWindow = in.float32();
        windows = in.int32();
        beat.read(in);
        share.read(in);
        for (int left = in.int8(); left > 0; left--) {
            exemplars.add(in.text());
        }
    }
}
