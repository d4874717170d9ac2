package io.nightshift.investigate.domain;

import io.nightshift.events.RollupCalls;
import io.nightshift.events.RollupSeries;
import io.nightshift.events.ServiceRollup;
import io.nightshift.investigate.domain.measure.Excess;
import io.nightshift.investigate.domain.measure.Gauge;
import io.nightshift.investigate.domain.measure.Measured;
import io.nightshift.investigate.domain.measure.Measurement;
import io.nightshift.investigate.domain.measure.Requests;
import io.nightshift.investigate.domain.measure.Requests.Intervals;
import io.nightshift.investigate.domain.measure.SignKind;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Measures the raw minutes of the suspects, and of what they call, where no anomaly spoke: a detector waits until it is sure,
 * and a callee that it does not yet report would leave its caller with the blame.
 */
final class RollupWindows {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration JUST_BEFORE = Duration.ofMinutes(5);

    /** A minute that the onset falls into belongs to what came after when most of it does. */
    private static final Duration TOLERANCE = Duration.ofSeconds(20);

    private static final double SECONDS = 60;
    private static final Set<SignKind> RESOURCES =
            EnumSet.of(SignKind.MEMORY, SignKind.CPU, SignKind.POOL, SignKind.QUEUE, SignKind.DISK);

    private final Instant onset;
    private final Map<String, List<ServiceRollup>> byService = new TreeMap<>();

    private RollupWindows(Case subject, Instant onset) {
        this.onset = onset;
        subject.rollups().stream()
                .sorted(Comparator.comparing(ServiceRollup::getMinute))
                .forEach(rollup -> byService
                        .computeIfAbsent(ServiceKey.of(rollup.getService()).toString(), any -> new ArrayList<>())
                        .add(rollup));
    }

    static List<Sign> of(Case subject, List<Sign> known, Instant onset) {
        return subject.rollups().isEmpty() ? List.of() : new RollupWindows(subject, onset).beside(subject, known);
    }

    private List<Sign> beside(Case subject, List<Sign> known) {
        ServiceGraph graph = ServiceGraph.of(subject.graph());
        Map<String, Set<SignKind>> spoken = known.stream()
                .filter(sign -> !sign.onEdge())
                .collect(Collectors.groupingBy(
                        Sign::service, Collectors.mapping(Sign::kind, Collectors.toCollection(TreeSet::new))));
        Set<String> near = new TreeSet<>(spoken.keySet());
        spoken.keySet().forEach(service -> near.addAll(graph.callees(service)));
        List<Requests> requests = new ArrayList<>();
        List<Gauge> gauges = new ArrayList<>();
        byService.forEach((service, minutes) -> {
            if (near.contains(service)) {
                requests.add(requests(service, minutes));
            }
            if (spoken.containsKey(service)) {
                gauges.addAll(gauges(service, minutes));
            }
        });
        List<Sign> signs = new ArrayList<>();
        for (Measured one : Measurement.of(requests, gauges, graph::callees)) {
            boolean isNew = !spoken.getOrDefault(one.entity(), Set.of()).contains(one.kind());
            if (isNew && one.kind() != SignKind.LOAD && isClear(one.raw())) {
                signs.add(sign(one));
            }
        }
        return signs;
    }

    /** As clear as an alarm. */
    private static boolean isClear(Excess excess) {
        return excess.isUnusual() && excess.significance() >= SignReading.SIGMAS_PER_SEVERITY;
    }

    private Requests requests(String service, List<ServiceRollup> minutes) {
        return new Requests(
                service,
                intervals(minutes.stream().filter(this::isBefore).toList()),
                intervals(minutes.stream()
                        .filter(minute ->
                                isBefore(minute) && !minute.getMinute().isBefore(onset.minus(JUST_BEFORE)))
                        .toList()),
                intervals(minutes.stream().filter(this::isAfter).toList()));
    }

    private static Intervals intervals(List<ServiceRollup> minutes) {
        List<RollupCalls> served = minutes.stream()
                .flatMap(minute -> minute.getCalls().stream()
                        .filter(calls -> calls.getPeer() == null && calls.getInstance() == null)
                        .limit(1))
                .toList();
        return new Intervals(
                served.stream().mapToDouble(RollupCalls::getCount).toArray(),
                served.stream().mapToDouble(RollupCalls::getErrors).toArray(),
                served.stream().mapToDouble(RollupCalls::getP95Millis).toArray());
    }

    private List<Gauge> gauges(String service, List<ServiceRollup> minutes) {
        record Name(String name, String instance, Map<String, String> attributes) {}
        Map<Name, List<Double>> before = new HashMap<>();
        Map<Name, List<Double>> after = new HashMap<>();
        for (ServiceRollup minute : minutes) {
            for (RollupSeries series : minute.getSeries()) {
                Name name = new Name(series.getName(), series.getInstance(), series.getAttributes());
                if (isBefore(minute)) {
                    before.computeIfAbsent(name, any -> new ArrayList<>()).add(series.getMean());
                } else if (isAfter(minute)) {
                    after.computeIfAbsent(name, any -> new ArrayList<>()).add(series.getMean());
                }
            }
        }
        List<Gauge> gauges = new ArrayList<>();
        after.forEach((name, values) -> {
            SignKind kind = MetricNames.kindOf(name.name(), name.attributes());
            if (RESOURCES.contains(kind)) {
                gauges.add(new Gauge(service, kind, array(before.getOrDefault(name, List.of())), array(values)));
            }
        });
        return gauges;
    }

    private boolean isBefore(ServiceRollup minute) {
        return !minute.getMinute().plus(MINUTE).isAfter(onset);
    }

    private boolean isAfter(ServiceRollup minute) {
        return !minute.getMinute().isBefore(onset.minus(TOLERANCE));
    }

    private Sign sign(Measured one) {
        List<ServiceRollup> minutes = byService.get(one.entity());
        ServiceRollup latest = minutes.get(minutes.size() - 1);
        double severity =
                Math.min(one.raw().significance() / SignReading.SIGMAS_PER_SEVERITY, SignReading.SEVERITY_CAP);
        return new Sign(
                Citations.rollup(latest),
                one.entity(),
                null,
                null,
                one.kind(),
                true,
                Optional.of(volume(one, minutes, severity)),
                one.raw().significance(),
                severity,
                onset,
                SignWords.format(
                        "%s: %s higher than in the minutes before %s",
                        SignWords.shortName(one.entity()), one.kind().words(), SignWords.clock(onset)));
    }

    /** In the units of the other signs: a second for requests, severity times fullness for resources. */
    private double volume(Measured one, List<ServiceRollup> minutes, double severity) {
        return switch (one.kind()) {
            case ERRORS ->
                one.raw().volume()
                        / (SECONDS
                                * Math.max(
                                        1,
                                        minutes.stream().filter(this::isAfter).count()));
            case LATENCY -> one.raw().volume() / SECONDS;
            default -> severity * SignReading.UNKNOWN_FULLNESS * SignReading.UNKNOWN_FULLNESS;
        };
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
