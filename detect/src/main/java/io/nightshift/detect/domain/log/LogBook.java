package io.nightshift.detect.domain.log;

import io.nightshift.detect.domain.report.Judgement;
import io.nightshift.detect.domain.state.StateReader;
import io.nightshift.detect.domain.state.StateWriter;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.LogLine;
import io.nightshift.events.RecordRef;
import io.nightshift.schemas.ServiceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The log templates of one service: which errors are new, which come far more often than they did, which regular ones stopped,
 * and whose share of all lines moved.
 */
public final class LogBook {

    private static final int FORM = 2;
    private static final long WINDOW_MICROS = TimeUnit.SECONDS.toMicros(5);
    private static final long MINUTE_MICROS = TimeUnit.MINUTES.toMicros(1);
    /** Time that went on this far at once went on without us: what was missed then is no one's silence. */
    private static final long PAUSE_MICROS = TimeUnit.SECONDS.toMicros(15);
    /** A template is only new to a service that has been known for a while. */
    private static final long FAMILIAR_MICROS = TimeUnit.SECONDS.toMicros(60);

    private static final long NEW_FOR_MICROS = TimeUnit.SECONDS.toMicros(30);
    /** Further new errors at one time are counted in the share of errors. */
    private static final int MOST_NEW = 20;

    private static final int MIN_BURST = 5;
    private static final double BURST_LOG_TAIL = Math.log(1e-6);
    private static final int CALM_WINDOWS = 2;
    private static final int SILENT_WINDOWS = 3;
    private static final long USUAL_SILENCE_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final long FORGET_MICROS = TimeUnit.DAYS.toMicros(7);
    /** What came least lately is left out of what is stored when all of it would be more. */
    private static final int MOST_BYTES = 850 * 1024;

    private final LogFindings findings;
    private final LogMiner miner = new LogMiner();
    private final Proportions proportions;
    private long firstMicros;
    private long heardMicros;
    private long closedUpTo;
    private long minuteUpTo;
    private int freshOnes;

    public LogBook(ServiceKey service) {
        this.findings = new LogFindings(service.entity());
        this.proportions = new Proportions(findings);
    }

    /**
     * Takes a line of this service at its event time.
     *
     * @param ref the record that it came in, or null
     */
    public void add(LogLine line, RecordRef ref) {
        if (line.getBody().isBlank()) {
            return;
        }
        firstMicros = firstMicros == 0 ? line.getTimeMicros() : firstMicros;
        heard(line.getTimeMicros());
        LogHistory history = miner.template(line.getBody()).history;
        boolean first = history.add(line);
        history.seenIn = ref;
        boolean familiar = line.getTimeMicros() - firstMicros > FAMILIAR_MICROS;
        if (first && familiar && history.severity() >= LineSeverity.ERROR && freshOnes < MOST_NEW) {
            freshOnes++;
            history.isNew = true;
            history.newMicros = line.getTimeMicros();
        }
    }

    /** Telemetry of any kind came from this service: whoever still speaks can be silent about something. */
    public void heard(long micros) {
        heardMicros = Math.max(heardMicros, micros);
    }

    /** Time went on; windows that ended are judged. */
    public void time(long nowMicros, Consumer<Judgement> out) {
        if (closedUpTo == 0) {
            closedUpTo = nowMicros;
            minuteUpTo = nowMicros;
        }
        long passed = nowMicros - closedUpTo;
        if (passed < WINDOW_MICROS) {
            return;
        }
        closedUpTo = nowMicros;
        if (passed > PAUSE_MICROS) {
            minuteUpTo = nowMicros;
            miner.templates().forEach(template -> {
                template.history.closeWindow(false);
                template.history.closeMinute();
            });
            return;
        }
        freshOnes = 0;
        for (LogTemplate template : miner.templates()) {
            judge(template, nowMicros, out);
        }
        if (nowMicros - minuteUpTo >= MINUTE_MICROS) {
            minuteUpTo = nowMicros;
            proportions.minute(miner.templates(), nowMicros, out);
            forgetOld(nowMicros);
        }
    }

    private void judge(LogTemplate template, long nowMicros, Consumer<Judgement> out) {
        LogHistory history = template.history;
        int count = history.closeWindow(!history.bursts);
        if (history.isNew) {
            freshOnes++;
            if (nowMicros - history.lastMicros() > NEW_FOR_MICROS) {
                history.isNew = false;
                normal(AnomalyKind.NEW_TEMPLATE, template, out);
            } else {
                out.accept(findings.fresh(template, perMinute(count)));
            }
        }
        if (nowMicros - firstMicros >= FAMILIAR_MICROS && history.severity() >= LineSeverity.ERROR) {
            judgeBurst(template, count, nowMicros, out);
        }
        judgeSilence(template, nowMicros, out);
    }

    private void judgeBurst(LogTemplate template, int count, long nowMicros, Consumer<Judgement> out) {
        LogHistory history = template.history;
        double usual = Math.max(3 * history.perWindow(), 0.5);
        double tail = count < MIN_BURST ? 0 : poissonLogTail(count, usual);
        if (tail <= BURST_LOG_TAIL) {
            if (!history.bursts) {
                history.bursts = true;
                history.burstMicros = nowMicros - WINDOW_MICROS;
            }
            history.calm = 0;
        } else if (history.bursts && ++history.calm >= CALM_WINDOWS) {
            history.bursts = false;
            history.calm = 0;
            normal(AnomalyKind.BURST, template, out);
        }
        if (history.bursts) {
            double severity = Math.max(1, tail / BURST_LOG_TAIL);
            out.accept(findings.burst(
                    template, severity, Math.exp(tail), perMinute(history.perWindow()), perMinute(count)));
        }
    }

    /** An upper bound of ln P(X ≥ k) for a Poisson variable (Chernoff). */
    private static double poissonLogTail(int k, double mean) {
        return k <= mean ? 0 : k - mean - k * Math.log(k / mean);
    }

    private static double perMinute(double inWindow) {
        return inWindow * MINUTE_MICROS / WINDOW_MICROS;
    }

    private void judgeSilence(LogTemplate template, long nowMicros, Consumer<Judgement> out) {
        LogHistory history = template.history;
        long last = history.beat.lastMicros();
        boolean isHeard = nowMicros - heardMicros < PAUSE_MICROS;
        if (history.silentSince != 0) {
            boolean isBack = last > history.silentSince;
            if (isBack || nowMicros - last > USUAL_SILENCE_MICROS) {
                history.silentSince = 0;
                normal(AnomalyKind.SILENCE, template, out);
            } else if (isHeard) {
                out.accept(findings.silence(template, nowMicros));
            }
        } else if (isHeard && mayBeMissed(history) && isOverdue(history.beat, nowMicros)) {
            if (++history.silentWindows >= SILENT_WINDOWS) {
                history.silentSince = last;
                out.accept(findings.silence(template, nowMicros));
            }
        } else {
            history.silentWindows = 0;
        }
    }

    /** A complaint that stops, however regular it was, is a recovery. */
    private static boolean mayBeMissed(LogHistory history) {
        return history.severity() < LineSeverity.WARN && history.beat.isRegular();
    }

    /** What fell silent long ago is not found now, such as after a restart of our own. */
    private static boolean isOverdue(Beat beat, long nowMicros) {
        long silent = nowMicros - beat.lastMicros();
        return silent > beat.patienceMicros() && silent <= USUAL_SILENCE_MICROS;
    }

    private void forgetOld(long nowMicros) {
        Collection<LogTemplate> old = miner.templates().stream()
                .filter(template -> nowMicros - template.history.lastMicros() > FORGET_MICROS)
                .toList();
        if (!old.isEmpty()) {
            miner.forget(old);
        }
    }

    private void normal(AnomalyKind kind, LogTemplate template, Consumer<Judgement> out) {
        out.accept(new Judgement.Normal(findings.slot(kind, template.id())));
    }

    /** The id of the template that this line belongs to now; for tests and evaluations. */
    public String templateOf(String line) {
        return miner.template(line).id();
    }

    public int templates() {
        return miner.templates().size();
    }

    /** At most 900 KiB: of more templates than fit, those that came last. */
    public byte[] toBytes() {
        List<LogTemplate> kept = new ArrayList<>();
        int bytes = 0;
        for (LogTemplate template : miner.templates().stream()
                .sorted(Comparator.comparingLong((LogTemplate t) -> t.lastUsed).reversed())
                .toList()) {
            bytes += template.size();
            if (bytes > MOST_BYTES) {
                break;
            }
            kept.add(template);
        }
        StateWriter out = new StateWriter();
        out.int8(FORM).int64(firstMicros).int64(closedUpTo).int64(minuteUpTo);
        proportions.write(out);
        out.int32(kept.size());
        kept.forEach(template -> template.write(out));
        return out.toBytes();
    }

    /** Reads what {@link #toBytes} wrote. Another form of state begins afresh: templates are learned within minutes. */
    public static LogBook fromBytes(byte[] bytes, ServiceKey service) {
        LogBook book = new LogBook(service);
        StateReader in = new StateReader(bytes);
        if (in.int8() != FORM) {
            return book;
        }
        book.firstMicros = in.int64();
        book.closedUpTo = in.int64();
        book.minuteUpTo = in.int64();
        book.proportions.read(in);
        List<LogTemplate> templates = new ArrayList<>();
        for (int left = in.int32(); left > 0; left--) {
            templates.add(LogTemplate.read(in));
        }
        book.miner.restore(templates);
        return book;
    }
}
