package io.nightshift.oversee.domain.story;

import io.nightshift.events.Anomaly;
import io.nightshift.events.AnomalyPhase;
import io.nightshift.oversee.domain.story.StoryLine.Weight;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Anomalies as a person would tell them: of each service its first sign in full, of the others how many there are, and when a
 * service is quiet again. An outage makes a hundred of them within a minute.
 */
final class Signs {

    private static final Duration COUNTED_OVER = Duration.ofSeconds(10);

    private final Map<String, Set<String>> open = new HashMap<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private final Map<String, Integer> untold = new TreeMap<>();
    private Instant countedFrom;

    /** What is to be told of an anomaly that was not heard of in this phase before; updates are passed over. */
    List<StoryLine> tell(Anomaly anomaly) {
        List<StoryLine> lines = new ArrayList<>();
        Instant at = anomaly.getUpdatedAt();
        String service = ServiceKey.of(anomaly.getSubject()).toString();
        if (anomaly.getPhase() == AnomalyPhase.OPEN) {
            opened(anomaly, service, at).ifPresent(lines::add);
        }
        if (countedFrom != null && !at.isBefore(countedFrom.plus(COUNTED_OVER))) {
            counts(at).ifPresent(lines::add);
        }
        if (anomaly.getPhase() == AnomalyPhase.CLEAR) {
            lines.addAll(cleared(anomaly, service, at));
        }
        return lines;
    }

    private Optional<StoryLine> opened(Anomaly anomaly, String service, Instant at) {
        Set<String> known = open.computeIfAbsent(service, any -> new HashSet<>());
        boolean first = known.isEmpty();
        known.add(anomaly.getId());
        seen.merge(service, 1, Integer::sum);
        if (first) {
            return Optional.of(StoryLine.of(
                    at, "detect", Weight.NORMAL, "first sign at " + name(service) + ": " + anomaly.getSentence()));
        }
        countedFrom = countedFrom == null ? at : countedFrom;
        untold.merge(name(service), 1, Integer::sum);
        return Optional.empty();
    }

    private List<StoryLine> cleared(Anomaly anomaly, String service, Instant at) {
        Set<String> known = open.getOrDefault(service, new HashSet<>());
        if (!known.remove(anomaly.getId()) || !known.isEmpty()) {
            return List.of();
        }
        List<StoryLine> lines = new ArrayList<>();
        counts(at).ifPresent(lines::add);
        int signs = seen.remove(service);
        open.remove(service);
        lines.add(StoryLine.of(
                at,
                "detect",
                Weight.NORMAL,
                "quiet again: " + name(service)
                        + (signs == 1 ? " (its sign is over)" : " (all " + signs + " signs are over)")));
        return lines;
    }

    /** The signs that were only counted so far; empty when there are none. */
    Optional<StoryLine> counts(Instant at) {
        if (untold.isEmpty()) {
            return Optional.empty();
        }
        String text = untold.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        untold.clear();
        countedFrom = null;
        return Optional.of(StoryLine.of(at, "detect", Weight.DETAIL, "further signs: " + text));
    }

    private static String name(String service) {
        return service.substring(service.lastIndexOf('/') + 1);
    }
}
