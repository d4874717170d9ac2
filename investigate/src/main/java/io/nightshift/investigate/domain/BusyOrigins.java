package io.nightshift.investigate.domain;

import io.nightshift.events.RollupSeries;
import io.nightshift.events.ServiceRollup;
import io.nightshift.investigate.domain.measure.SignKind;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Processor use that rose with the trouble of a service that has hardly a past: a detector is not sure of it yet, and there are
 * too few minutes to measure. It is looked for only where suffering begins: whoever waits for others may be busy as well.
 */
final class BusyOrigins {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** With as many minutes before the onset {@link RollupWindows} measures what is usual. */
    private static final int ENOUGH = 4;

    /** What is left of the onset's minute after it must show something. */
    private static final double LEAST_SECONDS = 10;

    private static final double TIMES_AS_BUSY = 3;

    private static final Duration WARM_UP = Duration.ofMinutes(2);

    private final Case subject;
    private final ServiceGraph graph;
    private final List<Sign> known;
    private final Instant onset;

    private BusyOrigins(Case subject, List<Sign> known, Instant onset) {
        this.subject = subject;
        this.graph = ServiceGraph.of(subject.graph());
        this.known = known;
        this.onset = onset;
    }

    static List<Sign> of(Case subject, List<Sign> known, Instant onset) {
        return new BusyOrigins(subject, known, onset).signs();
    }

    private List<Sign> signs() {
        Set<String> suffering = services(Sign::isSymptom);
        Set<String> spoken = services(sign -> sign.kind() == SignKind.CPU);
        return suffering.stream()
                .filter(service -> !spoken.contains(service) && !isWarmingUp(service))
                .filter(service -> graph.callees(service).stream().noneMatch(suffering::contains))
                .sorted()
                .flatMap(this::busiest)
                .toList();
    }

    /** New processes are busy with themselves at first. */
    private boolean isWarmingUp(String service) {
        return ChangeReview.release(subject.changes(), service, onset)
                .filter(release -> ChangeReview.timeOf(release).plus(WARM_UP).isAfter(onset))
                .isPresent();
    }

    private Set<String> services(Predicate<Sign> which) {
        return known.stream()
                .filter(sign -> !sign.onEdge())
                .filter(which)
                .map(Sign::service)
                .collect(Collectors.toSet());
    }

    private Stream<Sign> busiest(String service) {
        List<ServiceRollup> minutes = subject.rollups().stream()
                .filter(rollup -> ServiceKey.of(rollup.getService()).toString().equals(service))
                .sorted(Comparator.comparing(ServiceRollup::getMinute))
                .toList();
        List<ServiceRollup> before = minutes.stream()
                .filter(minute -> minute.getMinute().isBefore(onset))
                .toList();
        if (before.isEmpty() || before.stream().filter(this::isOver).count() >= ENOUGH) {
            return Stream.empty();
        }
        ServiceRollup latest = minutes.get(minutes.size() - 1);
        return latest.getSeries().stream()
                .flatMap(series ->
                        ProcessorUse.of(series).flatMap(use -> sign(latest, service, series, use, before)).stream())
                .max(Comparator.comparingDouble(Sign::severity))
                .stream();
    }

    private Optional<Sign> sign(
            ServiceRollup latest, String service, RollupSeries series, ProcessorUse use, List<ServiceRollup> before) {
        double seconds = Duration.between(onset, end(latest)).toMillis() / 1000.0;
        if (seconds < LEAST_SECONDS) {
            return Optional.empty();
        }
        double usual = Math.max(use.idle(), usual(series, before));
        double now = since(series, Math.min(1, seconds / MINUTE.toSeconds()), usual);
        return use.isBusy(now) && now >= TIMES_AS_BUSY * usual
                ? Optional.of(sign(latest, service, series, use, usual, now))
                : Optional.empty();
    }

    /** Of the minute that the onset falls into only the quietest point is surely from before it. */
    private double usual(RollupSeries series, List<ServiceRollup> before) {
        return before.stream()
                .flatMap(minute -> minute.getSeries().stream()
                        .filter(other -> isSame(series, other))
                        .map(other -> isOver(minute) ? other.getMean() : other.getMin()))
                .min(Comparator.naturalOrder())
                .orElse(Double.POSITIVE_INFINITY);
    }

    private boolean isOver(ServiceRollup minute) {
        return !end(minute).isAfter(onset);
    }

    /** Mean of the part of the minute that came after the onset, when the rest of it was as usual; never above the highest point. */
    private static double since(RollupSeries series, double part, double usual) {
        return Math.min(series.getMax(), (series.getMean() - (1 - part) * usual) / part);
    }

    private Sign sign(
            ServiceRollup latest, String service, RollupSeries series, ProcessorUse use, double usual, double now) {
        double severity = Math.min(now / usual, SignReading.SEVERITY_CAP);
        return new Sign(
                Citations.rollup(latest),
                service,
                series.getInstance(),
                null,
                SignKind.CPU,
                true,
                Optional.of(severity * SignReading.UNKNOWN_FULLNESS * SignReading.UNKNOWN_FULLNESS),
                severity * SignReading.SIGMAS_PER_SEVERITY,
                severity,
                onset,
                SignWords.format(
                        "%s: %s at %s",
                        SignWords.shortName(service),
                        Quoted.name(series.getName()),
                        use.words(now, SignWords.clock(onset), usual)));
    }

    private static boolean isSame(RollupSeries one, RollupSeries other) {
        return one.getName().equals(other.getName())
                && one.getAttributes().equals(other.getAttributes())
                && Objects.equals(one.getInstance(), other.getInstance());
    }

    private static Instant end(ServiceRollup minute) {
        return minute.getMinute().plus(MINUTE);
    }
}
