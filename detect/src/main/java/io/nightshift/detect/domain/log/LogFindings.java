package io.nightshift.detect.domain.log;

import io.nightshift.detect.domain.report.Finding;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.Direction;
import io.nightshift.events.EntityRef;
import io.nightshift.events.LogEvidence;
import io.nightshift.events.RecordRef;
import io.nightshift.events.Signal;
import io.nightshift.runtime.text.SecretMask;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Words for what was found in the logs of a service. Whatever comes from a line is masked here. */
final class LogFindings {

    /** The name of the share of errors and warnings, beside which names are template ids. */
    static final String TROUBLE = "errors-and-warnings";

    private static final int TEMPLATE_CHARS = 500;
    private static final int SPOKEN_CHARS = 220;

    private final EntityRef service;

    LogFindings(EntityRef service) {
        this.service = service;
    }

    String slot(AnomalyKind kind, String name) {
        return Finding.slot(service, kind, name, "");
    }

    Finding fresh(LogTemplate template, double perMinute) {
        String sentence = String.format(
                Locale.ROOT,
                "%s logs %s it has not logged before: %s",
                service.getService(),
                noun(template),
                spoken(template));
        LogHistory history = template.history;
        return finding(
                AnomalyKind.NEW_TEMPLATE,
                template,
                Direction.UP,
                1.2,
                1e-6,
                history.newMicros,
                30,
                sentence,
                0,
                perMinute);
    }

    Finding burst(LogTemplate template, double severity, double tail, double before, double now) {
        String sentence = String.format(
                Locale.ROOT,
                "%s logs %s %.0f times a minute (usually %.1f): %s",
                service.getService(),
                noun(template),
                now,
                before,
                spoken(template));
        return finding(
                AnomalyKind.BURST,
                template,
                Direction.UP,
                severity,
                tail,
                template.history.burstMicros,
                30,
                sentence,
                before,
                now);
    }

    Finding silence(LogTemplate template, long nowMicros) {
        Beat beat = template.history.beat;
        long silent = nowMicros - beat.lastMicros();
        String sentence = String.format(
                Locale.ROOT,
                "%s has not logged for %d s what it logs every %.3g s: %s",
                service.getService(),
                silent / 1_000_000,
                beat.usualSeconds(),
                spoken(template));
        return finding(
                AnomalyKind.SILENCE,
                template,
                Direction.DOWN,
                Math.min(5, silent / (double) beat.patienceMicros()),
                1e-6,
                beat.lastMicros(),
                30,
                sentence,
                60 / Math.max(beat.usualSeconds(), 1e-3),
                0);
    }

    /** A template's share moved, or with {@code name} {@link #TROUBLE} that of all errors and warnings, of which it is the most. */
    Finding shift(String name, Share share, LogTemplate template, int lines, long nowMicros) {
        boolean trouble = name.equals(TROUBLE);
        String sentence = String.format(
                Locale.ROOT,
                "%s: %s %.2g %% of its log lines (usually %.2g %%)%s %s",
                service.getService(),
                trouble ? "errors and warnings are" : noun(template) + " is",
                100 * share.now(),
                100 * share.usual(),
                trouble ? ", mostly" : ":",
                spoken(template));
        long onset = nowMicros - TimeUnit.MINUTES.toMicros(share.lasts() + 1);
        Direction direction = share.isUp() ? Direction.UP : Direction.DOWN;
        double before = share.now() > 0 ? lines * share.usual() / share.now() : 0;
        return new Finding(
                slot(AnomalyKind.PROPORTION, name),
                service,
                Signal.LOG,
                AnomalyKind.PROPORTION,
                direction,
                name,
                share.severity(),
                1e-6,
                onset,
                TimeUnit.SECONDS.toMicros(150),
                sentence,
                anomaly -> anomaly.setLog(evidence(template, before, lines)),
                refs(template));
    }

    private Finding finding(
            AnomalyKind kind,
            LogTemplate template,
            Direction direction,
            double severity,
            double tail,
            long onsetMicros,
            int holdSeconds,
            String sentence,
            double before,
            double now) {
        return new Finding(
                slot(kind, template.id()),
                service,
                Signal.LOG,
                kind,
                direction,
                template.id(),
                severity,
                tail,
                onsetMicros,
                TimeUnit.SECONDS.toMicros(holdSeconds),
                sentence,
                anomaly -> anomaly.setLog(evidence(template, before, now)),
                refs(template));
    }

    private static List<RecordRef> refs(LogTemplate template) {
        return template.history.seenIn == null ? List.of() : List.of(template.history.seenIn);
    }

    private static LogEvidence evidence(LogTemplate template, double before, double now) {
        LogHistory history = template.history;
        return LogEvidence.newBuilder()
                .setTemplateId(template.id())
                .setTemplate(SecretMask.mask(template.text(), TEMPLATE_CHARS))
                .setSeverity(history.severity())
                .setExemplars(history.exemplars())
                .setPerMinuteBefore(before)
                .setPerMinuteNow(now)
                .setFirstSeen(Instant.ofEpochMilli(history.firstMicros() / 1000))
                .build();
    }

    private static String noun(LogTemplate template) {
        int severity = template.history.severity();
        return severity >= LineSeverity.ERROR ? "an error" : severity >= LineSeverity.WARN ? "a warning" : "a line";
    }

    private static String spoken(LogTemplate template) {
        return SecretMask.mask(template.text(), SPOKEN_CHARS);
    }
}
