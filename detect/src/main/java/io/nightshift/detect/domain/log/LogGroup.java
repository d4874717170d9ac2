package io.nightshift.detect.domain.log;

import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.schemas.CauseHash;
import java.util.ArrayList;
import java.util.List;

/** Lines of one template: how often they come, and a few of them. */
final class LogGroup {

    private static final int EXEMPLARS = 3;
    private static final int EXEMPLAR_CHARS = 400;

    private final List<String> template;
    private final String id;
    private LogGroup mergedInto;
    private int severity;
    private long firstMicros;
    private long lastMicros;
    private long total;
    private int inWindow;
    private float perWindow;
    private int windows;
    private final List<String> exemplars = new ArrayList<>(0);
    boolean isNew;
    boolean bursts;
    int calm;
    long onsetMicros;

    LogGroup(List<String> template) {
        this.template = List.copyOf(template);
        this.id = CauseHash.id("tpl", this.template.toArray());
    }

    /** The group that this one has become part of, or itself. */
    LogGroup current() {
        LogGroup group = this;
        while (group.mergedInto != null) {
            group = group.mergedInto;
        }
        return group;
    }

    void mergeInto(LogGroup target) {
        mergedInto = target;
        target.severity = Math.max(target.severity, severity);
        target.firstMicros = target.firstMicros == 0 ? firstMicros : Math.min(target.firstMicros, firstMicros);
        target.total += total;
        target.inWindow += inWindow;
        target.perWindow += perWindow;
        target.windows = Math.max(target.windows, windows);
        exemplars.stream().limit(EXEMPLARS - target.exemplars.size()).forEach(target.exemplars::add);
    }

    /** Counts a line; returns whether it is the first of its template. */
    boolean add(long timeMicros, int severityNumber, String line) {
        boolean first = total == 0;
        total++;
        inWindow++;
        severity = Math.max(severity, severityNumber);
        firstMicros = first ? timeMicros : firstMicros;
        lastMicros = Math.max(lastMicros, timeMicros);
        if (exemplars.size() < EXEMPLARS && severityNumber >= LogBook.ERROR) {
            String masked = SecretMask.mask(line, EXEMPLAR_CHARS);
            if (!exemplars.contains(masked)) {
                exemplars.add(masked);
            }
        }
        return first;
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

    List<String> template() {
        return template;
    }

    String text() {
        return SecretMask.mask(String.join(" ", template), 500);
    }

    String id() {
        return id;
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

    void write(StateWriter out) {
        out.int32(template.size());
        template.forEach(out::text);
        out.int32(severity)
                .int64(firstMicros)
                .int64(lastMicros)
                .int64(total)
                .float32(perWindow)
                .int32(windows);
        out.int32(exemplars.size());
        exemplars.forEach(out::text);
    }

    static LogGroup read(StateReader in) {
        List<String> template = new ArrayList<>();
        for (int left = in.int32(); left > 0; left--) {
            template.add(in.text());
        }
        LogGroup read = new LogGroup(template);
        read.severity = in.int32();
        read.firstMicros = in.int64();
        read.lastMicros = in.int64();
        read.total = in.int64();
        read.perWindow = in.float32();
        read.windows = in.int32();
        for (int left = in.int32(); left > 0; left--) {
            read.exemplars.add(in.text());
        }
        return read;
    }
}
