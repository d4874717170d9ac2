package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.forecast.Naming;
import io.nightshift.detect.domain.report.Bounded;
import io.nightshift.events.MetricKind;
import io.nightshift.schemas.points.SeriesIdentity;
import java.util.Map;
import java.util.Set;

/**
 * What a series is by its name, unit, kind and attributes alone: the same for every instance that has such a series, so that
 * all of them share one. {@link SeriesNames} makes them; two of the same names are equal for their series' purposes only when
 * they are the same object.
 */
final class SeriesNature {

    private static final int MAX_NAME = 200;
    private static final int MAX_UNIT = 40;
    private static final Set<String> PROCESS_START = Set.of("process_start_time_seconds", "process.start.time");

    private final SeriesIdentity identity;
    private final int hash;
    /** Null for what says nothing of a resource. */
    private final Naming.Meaning meaning;

    private final boolean isCollector;
    private final int rank;
    private final String boundedName;
    private final String boundedUnit;
    private final Map<String, String> boundedAttributes;

    SeriesNature(SeriesIdentity identity) {
        this.identity = identity;
        hash = identity.hashCode();
        meaning = isLevel(identity)
                ? Naming.of(identity.name(), identity.unit(), identity.attributes())
                        .orElse(null)
                : null;
        isCollector = CollectorShare.isTold(identity.name()) && CollectorShare.counts(identity.attributes());
        rank = rank(identity.name());
        boundedName = Bounded.text(identity.name(), MAX_NAME);
        boundedUnit = Bounded.text(identity.unit(), MAX_UNIT);
        boundedAttributes = Bounded.attributes(identity.attributes());
    }

    private static boolean isLevel(SeriesIdentity identity) {
        return switch (identity.kind()) {
            case GAUGE, UNKNOWN -> true;
            case CUMULATIVE_SUM, DELTA_SUM -> !identity.monotonic();
            default -> false;
        };
    }

    private static int rank(String name) {
        if (Naming.concerns(name) || CollectorShare.isTold(name)) {
            return 0;
        }
        if (name.contains("cpu") || name.contains("memory") || name.contains("thread")) {
            return 1;
        }
        return name.contains("duration") ? 2 : 3;
    }

    SeriesIdentity identity() {
        return identity;
    }

    /** Hash of the identity, the same in every process. */
    int hash() {
        return hash;
    }

    /** Whether this says something of what can fill up or expire. */
    boolean isBounded() {
        return meaning != null;
    }

    /** What it says of a resource; null when nothing. */
    Naming.Meaning meaning() {
        return meaning;
    }

    /** Whether this is the time at which the process began, seconds since 1970. */
    boolean tellsStart() {
        return isLevel(identity) && PROCESS_START.contains(identity.name());
    }

    /** Whether this is time that garbage collection took from the application. */
    boolean isCollector() {
        return isCollector;
    }

    /** Whether its points are a sum since a start, of which growth is what tells. */
    boolean grows() {
        return identity.kind() == MetricKind.CUMULATIVE_HISTOGRAM
                || identity.kind() == MetricKind.CUMULATIVE_SUM && identity.monotonic();
    }

    /** How much it tells a reader who has room for a few: 0 tells most. */
    int rank() {
        return rank;
    }

    String boundedName() {
        return boundedName;
    }

    String boundedUnit() {
        return boundedUnit;
    }

    Map<String, String> boundedAttributes() {
        return boundedAttributes;
    }
}
