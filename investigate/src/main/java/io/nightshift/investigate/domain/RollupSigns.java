package io.nightshift.investigate.domain;

import io.nightshift.events.RollupSeries;
import io.nightshift.events.ServiceRollup;
import io.nightshift.investigate.domain.measure.SignKind;
import io.nightshift.schemas.ServiceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Saturation that no anomaly named: memory that fills its limit in the latest minute and did not in the earliest. A detector
 * may stay silent on a saw-tooth that merely got narrower. Of several pools of one instance the largest counts.
 */
final class RollupSigns {

    private static final double FULL = 0.9;
    private static final double ROOMY = 0.75;

    private RollupSigns() {}

    static List<Sign> of(Case subject, List<Sign> known, Instant symptomOnset) {
        Set<String> alreadySeen = new HashSet<>();
        known.stream().filter(sign -> sign.kind() == SignKind.MEMORY).forEach(sign -> alreadySeen.add(sign.service()));
        List<Sign> signs = new ArrayList<>();
        List<ServiceRollup> latestFirst = subject.rollups().stream()
                .sorted(Comparator.comparing(ServiceRollup::getMinute).reversed())
                .toList();
        for (ServiceRollup latest : latestFirst) {
            String service = ServiceKey.of(latest.getService()).toString();
            if (alreadySeen.add(service)) {
                latest.getSeries().stream()
                        .filter(series -> isMemory(series) && share(series) >= FULL)
                        .filter(series -> isLargest(series, latest))
                        .filter(series -> wasRoomy(series, service, latest, latestFirst))
                        .map(series -> sign(latest, service, series, symptomOnset))
                        .forEach(signs::add);
            }
        }
        return signs;
    }

    private static boolean wasRoomy(
            RollupSeries series, String service, ServiceRollup latest, List<ServiceRollup> rollups) {
        return rollups.stream()
                .filter(rollup -> rollup.getMinute().isBefore(latest.getMinute()))
                .filter(rollup -> ServiceKey.of(rollup.getService()).toString().equals(service))
                .flatMap(rollup -> rollup.getSeries().stream())
                .filter(other -> other.getName().equals(series.getName())
                        && other.getAttributes().equals(series.getAttributes())
                        && Objects.equals(other.getInstance(), series.getInstance()))
                .anyMatch(other -> share(other) < ROOMY);
    }

    /** The small pools of a heap are there to be filled: what lasts is in the largest. */
    private static boolean isLargest(RollupSeries series, ServiceRollup rollup) {
        return rollup.getSeries().stream()
                .filter(other -> isMemory(other)
                        && other.getName().equals(series.getName())
                        && Objects.equals(other.getInstance(), series.getInstance()))
                .noneMatch(other -> limit(other) > limit(series));
    }

    private static double limit(RollupSeries series) {
        return series.getLimit() == null ? 0 : series.getLimit();
    }

    private static boolean isMemory(RollupSeries series) {
        return MetricNames.kindOf(series.getName(), series.getAttributes()) == SignKind.MEMORY;
    }

    private static double share(RollupSeries series) {
        return series.getLimit() == null || series.getLimit() <= 0 ? 0 : series.getMean() / series.getLimit();
    }

    private static Sign sign(ServiceRollup rollup, String service, RollupSeries series, Instant symptomOnset) {
        double severity = 1 + 10 * (share(series) - FULL);
        return new Sign(
                Citations.rollup(rollup),
                service,
                series.getInstance(),
                null,
                SignKind.MEMORY,
                true,
                Optional.of(severity * share(series)),
                severity * 4,
                severity,
                rollup.getMinute().isBefore(symptomOnset) ? rollup.getMinute() : symptomOnset,
                SignWords.format(
                        "%s: %s at %.0f %% of its limit in the minute of %s",
                        SignWords.shortName(service),
                        Quoted.name(series.getName()),
                        100 * share(series),
                        SignWords.clock(rollup.getMinute())));
    }
}
