package io.nightshift.detect.domain.metric;

import io.nightshift.detect.domain.report.Bounded;
import io.nightshift.events.MetricKind;
import io.nightshift.schemas.points.SeriesIdentity;
import java.util.Map;

/**
 * What a series is by its name, unit, kind and attributes alone: the same for every instance that has such a series, so that
 * all of them share one. {@link SeriesNames} makes them; two of the same names are equal for their series' purposes only when
 * they are the same object.
 */
final class SeriesNature {

    private static final int MAX_NAME = 200;
    private static final int MAX_UNIT = 40;

    private final SeriesIdentity identity;
    private final int hash;
    private final boolean isBounded;
    private final boolean isCollector;
    private final int rank;
    private final String boundedName;
    private final String boundedUnit;
    private final Map<String, String> boundedAttributes;

    SeriesNature(SeriesIdentity identity) {
        this.identity = identity;
        hash = identity.hashCode();
        isBounded = isLevel(identity) && Saturation.concerns(identity.name());
        isCollector = identity.name().equals(CollectorShare.METRIC) && CollectorShare.counts(identity.attributes());
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
        if (Saturation.concerns(name) || name.equals(CollectorShare.METRIC)) {
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

    /** Whether this is what is used, or the limit, of something that can fill up. */
    boolean isBounded() {
        return isBounded;
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
