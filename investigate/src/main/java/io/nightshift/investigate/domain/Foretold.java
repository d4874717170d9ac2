package io.nightshift.investigate.domain;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyBrief;
import io.nightshift.events.AnomalyKind;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.events.CauseClass;
import io.nightshift.events.ForecastEvidence;
import io.nightshift.investigate.domain.measure.SignKind;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Something bounded that will run out, or something that will expire, as long as the forecast stands. A forecast that was
 * withdrawn is none.
 *
 * @param anomaly the forecast, not cleared
 * @param kind what runs out
 */
public record Foretold(Anomaly anomaly, SignKind kind) {

    /** What expires at a known time expires then. */
    private static final double CERTAIN = 0.95;

    /** An end that may come at any time from now on is as likely as not. */
    private static final double VAGUE = 0.5;

    /** From this share of its limit on a resource can already harm. */
    private static final double PRESSES = 0.8;

    private static final Duration EXPIRES_NOW = Duration.ofMinutes(1);

    private static final Set<AnomalyKind> HARM =
            Set.of(AnomalyKind.ERRORS, AnomalyKind.LATENCY, AnomalyKind.BURN_RATE, AnomalyKind.DROPOUT);

    private record Bounded(String service, SignKind kind) {}

    static Optional<Foretold> of(Anomaly anomaly) {
        boolean stands = anomaly.getForecast() != null && anomaly.getPhase() != AnomalyPhase.CLEAR;
        return stands ? Optional.of(new Foretold(anomaly, SignReading.kindOf(anomaly))) : Optional.empty();
    }

    /**
     * What is to be prevented: the forecasts of a case in which nothing has happened yet, the soonest first. Empty as soon as
     * requests suffer or something is used up that nobody foretold: then there is a trouble to be found, not one to come.
     */
    static List<Foretold> coming(Case subject) {
        List<Foretold> foretold = subject.anomalies().stream()
                .flatMap(anomaly -> of(anomaly).stream())
                .sorted(Comparator.comparing(Foretold::latest)
                        .thenComparing(one -> one.anomaly().getId()))
                .toList();
        Set<Bounded> known = new HashSet<>();
        foretold.forEach(one -> known.add(new Bounded(one.service(), one.kind())));
        Stream<Boolean> happened = Stream.concat(
                subject.anomalies().stream()
                        .filter(anomaly -> anomaly.getPhase() != AnomalyPhase.CLEAR)
                        .map(anomaly -> hasHappened(
                                anomaly.getKind(),
                                new Bounded(
                                        ServiceKey.of(anomaly.getSubject()).toString(), SignReading.kindOf(anomaly)),
                                known)),
                subject.members().stream()
                        .filter(brief -> brief.getClearedAt() == null)
                        .map(brief -> hasHappened(brief.getKind(), bounded(brief), known)));
        return happened.anyMatch(yes -> yes) ? List.of() : foretold;
    }

    private static Bounded bounded(AnomalyBrief brief) {
        return new Bounded(ServiceKey.of(brief.getSubject()).toString(), SignReading.kindOf(brief));
    }

    private static boolean hasHappened(AnomalyKind kind, Bounded what, Set<Bounded> foretold) {
        return HARM.contains(kind) || kind == AnomalyKind.SATURATION && !foretold.contains(what);
    }

    String service() {
        return ServiceKey.of(anomaly.getSubject()).toString();
    }

    /** Class of the cause that shows itself so; unknown for what has no remedy of its own. */
    CauseClass cause() {
        return switch (kind) {
            case MEMORY -> CauseClass.MEMORY_LEAK;
            case DISK -> CauseClass.DISK_FILLING;
            case POOL -> CauseClass.CONNECTION_POOL_EXHAUSTION;
            case QUEUE -> CauseClass.QUEUE_BACKLOG;
            case CERTIFICATE -> CauseClass.CERTIFICATE_EXPIRY;
            default -> CauseClass.UNKNOWN;
        };
    }

    boolean isExpiry() {
        return forecast().getLimit() == 0;
    }

    Instant at() {
        return forecast().getExhaustionAt();
    }

    private Instant latest() {
        return forecast().getLatest() == null ? at() : forecast().getLatest();
    }

    /** How sure it is that it comes, 0.5 to 0.95: the narrower the forecast's interval beside the time left, the surer. */
    double confidence() {
        if (isExpiry()) {
            return CERTAIN;
        }
        Instant now = anomaly.getUpdatedAt();
        double longest = Duration.between(now, latest()).toMillis();
        if (forecast().getEarliest() == null || longest <= 0) {
            return longest <= 0 ? CERTAIN : VAGUE;
        }
        double shortest =
                Math.max(0, Duration.between(now, forecast().getEarliest()).toMillis());
        return VAGUE + (CERTAIN - VAGUE) * Math.min(1, shortest / longest);
    }

    /** Share of the limit that is used, 0 to 1; 1 for what expires. */
    double fullness() {
        return isExpiry()
                ? 1
                : Math.max(0, Math.min(1, forecast().getCurrent() / forecast().getLimit()));
    }

    /** Whether it can be why something suffers now: it is nearly full, or expired. */
    boolean presses() {
        return isExpiry() ? forecast().getCurrent() <= EXPIRES_NOW.toSeconds() : fullness() >= PRESSES;
    }

    /** When, in words: the expected time, and the interval where there is one. */
    String words() {
        String what = isExpiry() ? "it expires at " : "it will be used up at about ";
        boolean interval =
                !isExpiry() && forecast().getEarliest() != null && forecast().getLatest() != null;
        return what
                + SignWords.clock(at())
                + (interval
                        ? ", between " + SignWords.clock(forecast().getEarliest()) + " and "
                                + SignWords.clock(forecast().getLatest())
                        : "");
    }

    private ForecastEvidence forecast() {
        return anomaly.getForecast();
    }
}
