package io.nightshift.investigate.domain;

import io.nightshift.events.ChangeEvent;
import io.nightshift.events.ChangeKind;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which changes can have caused what began at a given time: those shortly before it on the service itself. */
final class ChangeReview {

    /** Slow causes need time to show; older changes are taken to have proved themselves. */
    static final Duration LOOKBACK = Duration.ofHours(1);

    /** An onset is an estimate, and a rollout takes its time: a change this much after it may still have preceded it. */
    static final Duration SLACK = Duration.ofSeconds(20);

    /** Full suspicion for as long as this, then less and less. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private ChangeReview() {}

    static Instant timeOf(ChangeEvent change) {
        return Instant.ofEpochMilli(change.getTimeMicros() / 1000);
    }

    static String serviceOf(ChangeEvent change) {
        return ServiceKey.of(change.getService()).toString();
    }

    static boolean isRelease(ChangeEvent change) {
        return change.getKind() == ChangeKind.DEPLOYMENT || change.getKind() == ChangeKind.ROLLBACK;
    }

    static boolean isConfiguration(ChangeEvent change) {
        return change.getKind() == ChangeKind.CONFIGURATION
                || change.getKind() == ChangeKind.FEATURE_FLAG
                || change.getKind() == ChangeKind.SCHEMA_MIGRATION
                || change.getKind() == ChangeKind.INFRASTRUCTURE;
    }

    static boolean cameAfter(ChangeEvent change, Instant onset) {
        return timeOf(change).isAfter(onset.plus(SLACK));
    }

    /** How suspect the time of a change is, 0 to 1. */
    static double closeness(ChangeEvent change, Instant onset) {
        Duration before = Duration.between(timeOf(change), onset);
        if (cameAfter(change, onset) || before.compareTo(LOOKBACK) > 0) {
            return 0;
        }
        if (before.compareTo(FRESH) <= 0) {
            return 1;
        }
        double aged =
                (double) before.minus(FRESH).toMillis() / LOOKBACK.minus(FRESH).toMillis();
        return 1 - 0.8 * aged;
    }

    /** The latest release of the service before the onset, within the time in which it is suspect. */
    static Optional<ChangeEvent> release(List<ChangeEvent> changes, String service, Instant onset) {
        return latest(changes.stream().filter(ChangeReview::isRelease).toList(), service, onset);
    }

    static Optional<ChangeEvent> configuration(List<ChangeEvent> changes, String service, Instant onset) {
        return latest(changes.stream().filter(ChangeReview::isConfiguration).toList(), service, onset);
    }

    private static Optional<ChangeEvent> latest(List<ChangeEvent> changes, String service, Instant onset) {
        return changes.stream()
                .filter(change -> serviceOf(change).equals(service) && closeness(change, onset) > 0)
                .max(Comparator.comparingLong(ChangeEvent::getTimeMicros));
    }

    /** The change in our words, without its free text. */
    static String words(ChangeEvent change) {
        String kind = change.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String version = change.getVersion() == null ? "" : " of release " + Quoted.name(change.getVersion());
        return kind + version + " on " + SignWords.shortName(serviceOf(change)) + " at "
                + SignWords.clock(timeOf(change));
    }
}
