package io.nightshift.investigate.evidence;

import static io.nightshift.investigate.evidence.Words.format;

import io.nightshift.events.EvidenceKind;
import io.nightshift.events.RollupCalls;
import io.nightshift.events.RollupSeries;
import io.nightshift.events.ServiceRollup;
import io.nightshift.investigate.domain.Citations;
import io.nightshift.schemas.ServiceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Items for the minutes of a service, one a service: requests and its most telling metrics as they developed, for suspects and
 * for healthy neighbours, which show what the same minutes look like elsewhere.
 */
final class WindowItems {

    private static final int POINTS = 8;
    private static final int SERIES = 4;

    private final PackBuilder pack;

    WindowItems(PackBuilder pack) {
        this.pack = pack;
    }

    void write(Collection<Found<ServiceRollup>> rollups) {
        Map<String, List<Found<ServiceRollup>>> byService = rollups.stream()
                .sorted(Comparator.comparing(found -> found.value().getMinute()))
                .collect(Collectors.groupingBy(
                        found -> ServiceKey.of(found.value().getService()).toString(),
                        TreeMap::new,
                        Collectors.toList()));
        byService.values().forEach(this::window);
    }

    private void window(List<Found<ServiceRollup>> minutes) {
        List<Found<ServiceRollup>> shown = spread(minutes);
        ServiceRollup first = shown.get(0).value();
        ServiceRollup last = shown.get(shown.size() - 1).value();
        int open = minutes.stream()
                .mapToInt(minute -> minute.value().getOpenAnomalies())
                .max()
                .orElse(0);
        String text = pack.names().show(last.getService())
                + format(", minutes %s to %s, ", Words.clock(first.getMinute()), Words.clock(last.getMinute()))
                + (open == 0 ? "healthy" : "at most " + open + " anomalies open")
                + calls(shown)
                + last.getSeries().stream()
                        .limit(SERIES)
                        .map(series -> series(shown, series))
                        .collect(Collectors.joining());
        pack.add(
                EvidenceKind.ROLLUP,
                Citations.rollup(last),
                last.getService(),
                text,
                shown.stream().map(Found::ref).toList(),
                null,
                last.getMinute());
        minutes.forEach(minute -> pack.alsoKnownAs(Citations.rollup(minute.value())));
    }

    private static String calls(List<Found<ServiceRollup>> minutes) {
        List<RollupCalls> served = minutes.stream()
                .flatMap(minute -> minute.value().getCalls().stream())
                .filter(calls -> calls.getInstance() == null && calls.getPeer() == null)
                .toList();
        if (served.isEmpty()) {
            return "";
        }
        return "; requests" + numbers(served, RollupCalls::getCount) + ", failed"
                + numbers(served, RollupCalls::getErrors) + ", 95th percentile ms"
                + numbers(served, RollupCalls::getP95Millis);
    }

    private static String series(List<Found<ServiceRollup>> minutes, RollupSeries series) {
        List<RollupSeries> course = new ArrayList<>();
        for (Found<ServiceRollup> minute : minutes) {
            same(minute.value(), series).ifPresent(course::add);
        }
        return "; " + Words.named(series.getName())
                + (series.getInstance() == null ? "" : " on " + Words.named(series.getInstance()))
                + numbers(course, RollupSeries::getMean)
                + (Double.isNaN(series.getUpper()) ? "" : ", expected at most " + Words.number(series.getUpper()))
                + (series.getLimit() == null ? "" : ", limit " + Words.number(series.getLimit()));
    }

    private static Optional<RollupSeries> same(ServiceRollup minute, RollupSeries series) {
        return minute.getSeries().stream()
                .filter(other -> other.getName().equals(series.getName())
                        && other.getAttributes().equals(series.getAttributes())
                        && Objects.equals(other.getInstance(), series.getInstance()))
                .findFirst();
    }

    private static <T> String numbers(List<T> course, ToDoubleFunction<T> value) {
        return course.stream()
                .map(one -> " " + Words.number(value.applyAsDouble(one)))
                .collect(Collectors.joining());
    }

    /** At most so many, evenly spread, the first and the last among them. */
    static <T> List<T> spread(List<T> all) {
        if (all.size() <= POINTS) {
            return all;
        }
        List<T> some = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            some.add(all.get((int) Math.round(i * (all.size() - 1) / (double) (POINTS - 1))));
        }
        return some;
    }
}
