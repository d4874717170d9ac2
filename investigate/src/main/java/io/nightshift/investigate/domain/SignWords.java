package io.nightshift.investigate.domain;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.CallEvidence;
import io.nightshift.events.EntityRef;
import io.nightshift.investigate.domain.measure.SignKind;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Says what a sign shows, from its typed fields; names are escaped, free text is left out. */
final class SignWords {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private SignWords() {}

    static String of(Anomaly anomaly, SignKind kind, double fullness) {
        String what = whatHappened(anomaly, kind, fullness);
        return where(anomaly.getSubject()) + ": " + what + since(anomaly.getOnset(), anomaly.getSeverity());
    }

    static String of(AnomalyBrief brief, SignKind kind) {
        return where(brief.getSubject()) + ": " + kind.words() + " unusual (" + words(brief.getKind()) + ")"
                + since(brief.getOnset(), brief.getSeverity());
    }

    /** The last part of a service id, escaped. */
    static String shortName(String service) {
        String name = service.substring(service.lastIndexOf('/') + 1);
        return Quoted.name(name.isEmpty() ? service : name);
    }

    static String clock(Instant at) {
        return CLOCK.format(at);
    }

    private static String whatHappened(Anomaly anomaly, SignKind kind, double fullness) {
        CallEvidence calls = anomaly.getCalls();
        if (calls != null && kind == SignKind.ERRORS) {
            return format(
                    "%.1f %% of requests fail, %.1f %% before",
                    100 * calls.getErrorRatioNow(), 100 * calls.getErrorRatioBefore());
        }
        if (calls != null && kind == SignKind.LATENCY) {
            return format(
                    "95th percentile of duration %.0f ms, %.0f ms before",
                    calls.getP95MillisNow(), calls.getP95MillisBefore());
        }
        if (calls != null && kind == SignKind.LOAD) {
            return format("%.1f requests a second, %.1f before", calls.getRateNow(), calls.getRateBefore());
        }
        Optional<Foretold> foretold = Foretold.of(anomaly);
        if (foretold.isPresent()) {
            return Quoted.name(anomaly.getName()) + ": " + foretold.get().words();
        }
        if (anomaly.getMetric() != null && anomaly.getMetric().getLimit() != null) {
            return format("%s at %.0f %% of its limit", Quoted.name(anomaly.getName()), 100 * fullness);
        }
        if (kind == SignKind.LOGS) {
            return "unusual log lines (" + words(anomaly.getKind()) + ")";
        }
        return kind.words() + " unusual: " + Quoted.name(anomaly.getName()) + " (" + words(anomaly.getKind()) + ")";
    }

    private static String where(EntityRef subject) {
        String service = shortName(ServiceKey.of(subject).toString());
        if (subject.getPeer() != null) {
            return service + " calling " + shortName(subject.getPeer());
        }
        return subject.getInstance() == null ? service : Quoted.name(subject.getInstance()) + " of " + service;
    }

    private static String since(Instant onset, double severity) {
        return format(" since %s (severity %.1f)", clock(onset), severity);
    }

    private static String words(AnomalyKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String format(String pattern, Object... arguments) {
        return String.format(Locale.ROOT, pattern, arguments);
    }
}
