package io.nightshift.detect.domain.log;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.LogEvidence;
import io.nightshift.events.LogLine;
import io.nightshift.events.Signal;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The log templates of one service: which are new, and which come far more often than they did. */
public final class LogBook {

    /** OpenTelemetry's severity number of ERROR. */
    static final int ERROR = 17;

    private static final long WINDOW_MICROS = TimeUnit.SECONDS.toMicros(5);
    /** A template is only new to a service that has been known for a while. */
    private static final long FAMILIAR_MICROS = TimeUnit.SECONDS.toMicros(60);

    private static final long NEW_FOR_MICROS = TimeUnit.SECONDS.toMicros(30);
    private static final int MIN_BURST = 5;
    private static final double BURST_LOG_TAIL = Math.log(1e-6);
    private static final int CALM_WINDOWS = 2;

    private final EntityRef service;
    private final LogMiner miner = new LogMiner();
    private long firstMicros;
    private long closedUpTo;

    public LogBook(ServiceKey service) {
        this.service = service.entity();
    }

    /** Takes a line of this service at its event time. */
    public void add(LogLine line) {
        if (line.getBody().isBlank()) {
            return;
        }
        firstMicros = firstMicros == 0 ? line.getTimeMicros() : firstMicros;
        LogGroup group = miner.group(line.getBody());
        boolean first = group.add(line.getTimeMicros(), line.getSeverity(), line.getBody());
        boolean familiar = line.getTimeMicros() - firstMicros > FAMILIAR_MICROS;
        if (first && familiar && line.getSeverity() >= ERROR) {
            group.isNew = true;
            group.onsetMicros = line.getTimeMicros();
        }
    }

    /** Time went on; windows that ended are judged. */
    public void time(long nowMicros, Consumer<Judgement> out) {
        if (closedUpTo == 0) {
            closedUpTo = nowMicros;
        }
        if (nowMicros - closedUpTo < WINDOW_MICROS) {
            return;
        }
        closedUpTo = nowMicros;
        for (LogGroup group : List.copyOf(miner.groups().values())) {
            judge(group, nowMicros, out);
        }
    }

    private void judge(LogGroup group, long nowMicros, Consumer<Judgement> out) {
        int count = group.closeWindow(!group.bursts);
        if (group.isNew) {
            if (nowMicros - group.lastMicros() > NEW_FOR_MICROS) {
                group.isNew = false;
                out.accept(new Judgement.Normal(slot(AnomalyKind.NEW_TEMPLATE, group)));
            } else {
                out.accept(finding(AnomalyKind.NEW_TEMPLATE, group, count, 1.2));
            }
        }
        if (group.severity() < ERROR || nowMicros - firstMicros < FAMILIAR_MICROS) {
            return;
        }
        double usual = Math.max(3 * group.perWindow(), 0.5);
        double tail = count < MIN_BURST ? 0 : poissonLogTail(count, usual);
        if (tail <= BURST_LOG_TAIL) {
            if (!group.bursts) {
                group.bursts = true;
                group.onsetMicros = nowMicros - WINDOW_MICROS;
            }
            group.calm = 0;
        } else if (group.bursts && ++group.calm >= CALM_WINDOWS) {
            group.bursts = false;
            group.calm = 0;
            out.accept(new Judgement.Normal(slot(AnomalyKind.BURST, group)));
        }
        if (group.bursts) {
            out.accept(finding(AnomalyKind.BURST, group, count, Math.max(1, tail / BURST_LOG_TAIL)));
        }
    }

    /** An upper bound of ln P(X ≥ k) for a Poisson variable (Chernoff). */
    private static double poissonLogTail(int k, double mean) {
        return k <= mean ? 0 : k - mean - k * Math.log(k / mean);
    }

    private Finding finding(AnomalyKind kind, LogGroup group, int count, double severity) {
        double perMinute = count * 60e6 / WINDOW_MICROS;
        double before = kind == AnomalyKind.NEW_TEMPLATE ? 0 : group.perWindow() * 60e6 / WINDOW_MICROS;
        String text = group.text();
        String what = kind == AnomalyKind.NEW_TEMPLATE
                ? String.format(Locale.ROOT, "%s logs an error it has not logged before: ", service.getService())
                : String.format(
                        Locale.ROOT,
                        "%s logs an error %.0f times a minute (usually %.1f): ",
                        service.getService(),
                        perMinute,
                        before);
        return new Finding(
                slot(kind, group),
                service,
                Signal.LOG,
                kind,
                Direction.UP,
                group.id(),
                severity,
                1e-6,
                group.onsetMicros,
                TimeUnit.SECONDS.toMicros(30),
                what + text,
                anomaly -> anomaly.setLog(LogEvidence.newBuilder()
                        .setTemplateId(group.id())
                        .setTemplate(text)
                        .setSeverity(group.severity())
                        .setExemplars(group.exemplars())
                        .setPerMinuteBefore(before)
                        .setPerMinuteNow(perMinute)
                        .setFirstSeen(Instant.ofEpochMilli(group.firstMicros() / 1000))
                        .build()),
                List.of());
    }

    private String slot(AnomalyKind kind, LogGroup group) {
        return Finding.slot(service, kind, group.id(), "");
    }

    /** The id of the template that this line belongs to now; for tests and evaluations. */
    public String templateOf(String line) {
        return miner.group(line).id();
    }

    public int templates() {
        return miner.groups().size();
    }

    public byte[] toBytes() {
        StateWriter out = new StateWriter();
        out.int8(1).int64(firstMicros).int64(closedUpTo).int32(miner.groups().size());
        miner.groups().values().forEach(group -> group.write(out));
        return out.toBytes();
    }

    public static LogBook fromBytes(byte[] bytes, ServiceKey service) {
        LogBook book = new LogBook(service);
        StateReader in = new StateReader(bytes);
        if (in.int8() != 1) {
            return book;
        }
        book.firstMicros = in.int64();
        book.closedUpTo = in.int64();
        for (int left = in.int32(); left > 0; left--) {
            book.miner.restore(LogGroup.read(in));
        }
        return book;
    }
}
